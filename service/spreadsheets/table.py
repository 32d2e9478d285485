"""A sheet of people: lines of cells in, rows of fields out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.domain.issue import Issue
from service.spreadsheets.headings import FieldColumn, read_headings
from service.spreadsheets.mapping import Mapping
from service.spreadsheets.sheet import Line, Place, Sheet, Side
from solver.intake.display import shown

_ERROR = re.compile(r"#N/A|#GETTING_DATA|#[A-Z0-9/_-]+[!?]|Err:\d{3}")
"""What a spreadsheet program shows where a formula has no value."""


@dataclass(frozen=True)
class Row:
    """A person's row: the trimmed text of each field that has a column, by field."""

    line: int
    texts: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The people of one sheet; a row that cannot be read for sure is left out."""

    file: str
    side: Side
    columns: dict[str, FieldColumn]
    rows: tuple[Row, ...]

    def place(self, row: Row, field: str | None) -> Place:
        """Where a field of a row stands; the row where it has no column.

        Personal values are left out: an issue is read by more people than the sheet.
        """
        column = self.columns.get(field) if field else None
        if column is None:
            return Place(self.file, row.line)
        value = None if column.field.is_private else shown(row.texts[column.field.name])
        return Place(self.file, row.line, column.heading, value)


def read_table(sheet: Sheet, side: Side, mapping: Mapping) -> tuple[Table, list[Issue]]:
    """The people of a sheet that has headings, and everything that is wrong with its rows."""
    columns, issues = read_headings(sheet, side, mapping)
    rows, ragged = _read_rows(sheet, columns)
    issues += ragged
    if len(sheet.lines) == 1:
        issues.append(
            Place(sheet.file).issue(
                "FILE_WITHOUT_ROWS",
                f"{sheet.file} has headings but nobody below them",
                "Put one person in each line below the headings.",
            )
        )
    return Table(sheet.file, side, {c.field.name: c for c in columns}, tuple(rows)), issues


def _read_rows(sheet: Sheet, columns: list[FieldColumn]) -> tuple[list[Row], list[Issue]]:
    width = len(sheet.lines[0].cells)
    rows: list[Row] = []
    issues: list[Issue] = []
    for line in sheet.lines[1:]:
        if len(line.cells) < width or any(cell.strip() for cell in line.cells[width:]):
            issues.append(_ragged(sheet.file, line, width))
        else:
            texts = {column.field.name: line.cells[column.position].strip() for column in columns}
            errors = [c for c in columns if _ERROR.fullmatch(texts[c.field.name])]
            if errors:
                issues += [
                    _error(Place(sheet.file, line.number, c.heading, texts[c.field.name]))
                    for c in errors
                ]
            else:
                rows.append(Row(line.number, texts))
    return rows, issues


def _error(place: Place) -> Issue:
    return place.issue(
        "CELL_ERROR",
        "a formula has no value that could be read",
        "Open the file in a spreadsheet program, correct the formula or put its value in its "
        "place, and save the file again.",
    )


def _ragged(file: str, line: Line, width: int) -> Issue:
    count = len(line.cells)
    code, comparison = ("ROW_TOO_SHORT", "fewer") if count < width else ("ROW_TOO_LONG", "more")
    return Place(file, line.number, value=count).issue(
        code,
        f"line {line.number} of {file} has {count} cells, {comparison} than the {width} headings",
        "Give every column a cell, if an empty one; put text with a separator in it in quotes.",
    )
