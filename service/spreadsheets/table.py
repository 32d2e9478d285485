"""A spreadsheet of people: a file in, rows of fields out, with everything wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from models.domain.issue import Issue
from service.spreadsheets.csv_text import read_csv
from service.spreadsheets.headings import FieldColumn, read_headings
from service.spreadsheets.mapping import Mapping
from service.spreadsheets.sheet import Line, Place, Sheet, SheetFile, Side
from service.spreadsheets.workbook import read_workbook
from solver.intake.display import shown

WORKBOOK_ENDINGS = (".xlsx", ".xls", ".ods")
MOST_COLUMNS = 500


@dataclass(frozen=True)
class Row:
    """A person's row: the trimmed text of each field that has a column, by field."""

    line: int
    texts: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The people of one sheet; a row whose cells do not fit its headings is left out."""

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


def read_table(
    file: SheetFile, side: Side, mapping: Mapping | None
) -> tuple[Table | None, list[Issue]]:
    """The people of a spreadsheet; None where the file holds none that can be read."""
    sheet, issues = _read_sheet(file, side)
    if sheet is None:
        return None, issues
    if not sheet.lines:
        hint = "Put the headings in the first line, and one person in each line below."
        return None, [*issues, Place(file.name).issue("FILE_EMPTY", f"{file.name} is empty", hint)]
    if len(sheet.lines[0].cells) > MOST_COLUMNS:
        issues.append(_too_wide(sheet))
        return None, issues
    columns, wrong_headings = read_headings(sheet, side, mapping)
    rows, ragged = _read_rows(sheet, columns)
    issues = [*issues, *wrong_headings, *ragged]
    if len(sheet.lines) == 1:
        hint = "Put one person in each line below the headings."
        nobody = f"{file.name} has headings but nobody below them"
        issues.append(Place(file.name).issue("FILE_WITHOUT_ROWS", nobody, hint))
    return Table(file.name, side, {c.field.name: c for c in columns}, tuple(rows)), issues


def _read_sheet(file: SheetFile, side: Side) -> tuple[Sheet | None, list[Issue]]:
    ending = PurePath(file.name).suffix.lower()
    if not file.content.strip():
        return Sheet(file.name, ()), []
    if ending == ".csv":
        return read_csv(file)
    if ending in WORKBOOK_ENDINGS:
        return read_workbook(file, side)
    return None, [
        Place(file.name, value=ending).issue(
            "FILE_TYPE_UNKNOWN",
            f"{file.name} does not say what it is",
            f"Give a file that ends in .csv, {', '.join(WORKBOOK_ENDINGS)}.",
        )
    ]


def _too_wide(sheet: Sheet) -> Issue:
    headings = sheet.lines[0]
    count = len(headings.cells)
    return Place(sheet.file, headings.number, value=count).issue(
        "TOO_MANY_COLUMNS",
        f"{sheet.file} has {count} columns",
        f"Keep the columns that describe people; more than {MOST_COLUMNS} are not read.",
    )


def _read_rows(sheet: Sheet, columns: list[FieldColumn]) -> tuple[list[Row], list[Issue]]:
    width = len(sheet.lines[0].cells)
    rows: list[Row] = []
    issues: list[Issue] = []
    for line in sheet.lines[1:]:
        if len(line.cells) < width or any(cell.strip() for cell in line.cells[width:]):
            issues.append(_ragged(sheet.file, line, width))
        else:
            texts = {column.field.name: line.cells[column.position].strip() for column in columns}
            rows.append(Row(line.number, texts))
    return rows, issues


def _ragged(file: str, line: Line, width: int) -> Issue:
    count = len(line.cells)
    code, comparison = ("ROW_TOO_SHORT", "fewer") if count < width else ("ROW_TOO_LONG", "more")
    return Place(file, line.number, value=count).issue(
        code,
        f"line {line.number} of {file} has {count} cells, {comparison} than the {width} headings",
        "Give every column a cell, if an empty one; put text with a separator in it in quotes.",
    )
