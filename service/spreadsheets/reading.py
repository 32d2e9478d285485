"""A file of any kind that is taken, as the lines of a sheet."""

from __future__ import annotations

from pathlib import PurePath

from models.domain.issue import Issue
from service.spreadsheets.csv_text import read_csv
from service.spreadsheets.sheet import Place, Sheet, SheetFile, Side
from service.spreadsheets.workbook import read_workbook

WORKBOOK_ENDINGS = (".xlsx", ".xls", ".ods")
SHEET_ENDINGS = (".csv", *WORKBOOK_ENDINGS)
MOST_COLUMNS = 500


def read_sheet(file: SheetFile, side: Side) -> tuple[Sheet | None, list[Issue]]:
    """The lines of a file, by its ending; None where it holds none that can be read."""
    ending = PurePath(file.name).suffix.lower()
    sheet: Sheet | None = Sheet(file.name, ())
    issues: list[Issue] = []
    if file.content.strip():
        if ending == ".csv":
            sheet, issues = read_csv(file)
        elif ending in WORKBOOK_ENDINGS:
            sheet, issues = read_workbook(file, side)
        else:
            return None, [_unknown_type(file, ending)]
    if sheet is None:
        return None, issues
    wrong = _wrong_size(sheet)
    return (None, [*issues, wrong]) if wrong else (sheet, issues)


def _unknown_type(file: SheetFile, ending: str) -> Issue:
    return Place(file.name, value=ending).issue(
        "FILE_TYPE_UNKNOWN",
        f"{file.name} does not say what it is",
        f"Give a file that ends in {', '.join(SHEET_ENDINGS)}.",
    )


def _wrong_size(sheet: Sheet) -> Issue | None:
    if not sheet.lines:
        return Place(sheet.file).issue(
            "FILE_EMPTY",
            f"{sheet.file} is empty",
            "Put the headings in the first line, and one person in each line below.",
        )
    headings = sheet.lines[0]
    count = len(headings.cells)
    if count > MOST_COLUMNS:
        return Place(sheet.file, headings.number, value=count).issue(
            "TOO_MANY_COLUMNS",
            f"{sheet.file} has {count} columns",
            f"Keep the columns that describe people; more than {MOST_COLUMNS} are not read.",
        )
    return None
