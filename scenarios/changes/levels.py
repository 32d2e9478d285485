"""Put first what should come first."""

from __future__ import annotations

from scenarios.change import Change
from scenarios.document import Document, with_policy
from solver.wording import listed, rule_title


class Levels(Change):
    """Other things come first: the levels of the objective in their order; `null` names none."""

    levels: list[str] | None

    def applied(self, document: Document) -> Document:
        """The document with these levels in its policy."""
        return with_policy(document, levels=self.levels)

    def told(self) -> str:
        """As a sentence."""
        if self.levels is None:
            return "the levels are those of the profile"
        return (
            f"what counts, in this order, is {listed([rule_title(name) for name in self.levels])}"
        )
