"""A spreadsheet as it was read: lines of text cells, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from models.domain.issue import Issue

Side = Literal["mentor", "mentee"]


@dataclass(frozen=True)
class SheetFile:
    """A file as it was given: its name, whose ending says what it is, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Line:
    """One line of a sheet. `number` counts from 1, as a spreadsheet program shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The lines of a sheet that are not blank; the first one holds the headings."""

    file: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Place:
    """Where in a spreadsheet something stands; `column` is the column's heading."""

    file: str
    line: int | None = None
    column: str | None = None
    value: Any = None

    def issue(self, code: str, message: str, hint: str) -> Issue:
        """An issue at this place."""
        return Issue(code=code, message=message, hint=hint, detail=self.detail())

    def detail(self) -> dict[str, Any]:
        """The place as an issue's `detail`: what is known of file, line, column and value."""
        known = {"file": self.file, "line": self.line, "column": self.column, "value": self.value}
        return {key: fact for key, fact in known.items() if fact is not None}
