"""One thing that is different in a scenario, as a value with the round's document as its input."""

from __future__ import annotations

from abc import abstractmethod
from functools import cache
from typing import Any

from scenarios import changes
from scenarios.document import Document
from solver.named import Named, found_in


class Change(Named):
    """A change to a round: its fields say which, its docstring is what planners read.

    It is read from an object whose `change` is the name of its file, with the fields beside it.
    """

    @abstractmethod
    def applied(self, document: Document) -> Document:
        """A copy of the round's document with the change made, and nothing else.

        What comes of it is for the intake to judge. Raises `NotApplicableError` where there is
        nothing to change, such as nobody of that reference.
        """

    @abstractmethod
    def told(self) -> str:
        """The change as a sentence that a planner would say, without a full stop."""

    def given(self) -> dict[str, Any]:
        """The object that it is read from."""
        return {"change": self.name, **self.model_dump(mode="json", exclude_unset=True)}


@cache
def all_changes() -> dict[str, type[Change]]:
    """Every kind of change that exists, by name; the name is the file's."""
    return found_in(changes, Change)  # type: ignore[type-abstract]


def change_of(kind: str, **fields: Any) -> Change:
    """The change of a kind by name, with these fields."""
    return all_changes()[kind].model_validate(fields)
