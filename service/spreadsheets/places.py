"""From a place in the round's document back to a file, a line and a column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.domain.issue import Issue
from service.spreadsheets.headings import NEEDED
from service.spreadsheets.table import Row, Table


@dataclass(frozen=True)
class Source:
    """The row of a sheet that a participant, or one of its two sections, was read from."""

    table: Table
    row: Row


class Places:
    """Where each participant of a round stood, in the order of the document."""

    def __init__(self, sources: Sequence[Sequence[Source]]) -> None:
        self._sources = sources

    def translate(self, issues: Iterable[Issue]) -> tuple[Issue, ...]:
        """The issues with file, line and column in place of their JSON pointers.

        What a whole missing column has caused is left out: the column is reported once.
        """
        translated = (self._translated(issue) for issue in issues)
        return tuple(issue for issue in translated if issue is not None)

    def _translated(self, issue: Issue) -> Issue | None:
        parts = [part.replace("~1", "/").replace("~0", "~") for part in issue.pointer.split("/")]
        if len(parts) < 3 or parts[1] != "participants" or not parts[2].isdigit():
            return issue
        path = tuple(parts[3:])
        source, field = self._find(int(parts[2]), path)
        if field is None and path[:1] in {(name,) for name in NEEDED}:
            return None
        place = source.table.place(source.row, field).detail()
        # Where intake shows no value, it has its reasons: the cell's is left out, too.
        place.pop("value", None)
        detail = {**place, **issue.detail}
        return issue.model_copy(update={"pointer": "", "detail": detail})

    def _find(self, position: int, path: tuple[str, ...]) -> tuple[Source, str | None]:
        """The row that says what stands at a path, and the field's name where it has a column."""
        sources = self._sources[position]
        for source in sources:
            for name, column in source.table.columns.items():
                length = len(column.field.path)
                if path[:length] == column.field.path:
                    return source, name
        sides = [source for source in sources if source.table.side in path[:1]]
        return (sides or sources)[0], None
