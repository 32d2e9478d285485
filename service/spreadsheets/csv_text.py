"""Comma-separated files: bytes to lines of cells, with every reason why that cannot be done."""

from __future__ import annotations

import codecs
import csv
import io

from models.domain.issue import Issue
from service.spreadsheets.sheet import Line, Place, Sheet, SheetFile

SEPARATORS = ",;\t"
_WORKBOOK_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_csv(file: SheetFile) -> tuple[Sheet | None, list[Issue]]:
    """The lines of a CSV file; the separator is the one that its first line uses most.

    A file in another encoding than UTF-8 is refused, and still read as well as it can be so
    that its other problems are found in the same go.
    """
    text, issues = _decoded(file)
    if text is None:
        return None, issues
    lines, problem = _parsed(file.name, text)
    return Sheet(file.name, lines), [*issues, *([problem] if problem else [])]


def _decoded(file: SheetFile) -> tuple[str | None, list[Issue]]:
    place = Place(file.name)
    content = file.content
    if content.startswith(_WORKBOOK_SIGNATURES):
        return None, [
            place.issue(
                "FILE_IS_A_WORKBOOK",
                f"{file.name} is a workbook, not a CSV file",
                "Give the file its true ending (.xlsx, .xls or .ods), or save it as CSV.",
            )
        ]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded_as(file, "utf-16", "UTF-16")
    if b"\0" in content:
        return None, [
            place.issue(
                "FILE_IS_BINARY",
                f"{file.name} holds NUL bytes: it is no text file, or one in UTF-16",
                "Save it as CSV in UTF-8.",
            )
        ]
    return _decoded_as(file, "utf-8-sig", None)


def _decoded_as(
    file: SheetFile, encoding: str, other_name: str | None
) -> tuple[str | None, list[Issue]]:
    try:
        text = file.content.decode(encoding)
    except UnicodeDecodeError as error:
        number = file.content.count(b"\n", 0, error.start) + 1
        found = file.content[error.start : error.start + 1].hex()
        issue = Place(file.name, number, None, f"0x{found}").issue(
            "FILE_NOT_UTF8",
            f"line {number} of {file.name} holds a byte that is not UTF-8 text",
            'Save it as CSV in UTF-8 (in Excel: "CSV UTF-8").',
        )
        return file.content.decode("cp1252", errors="replace"), [issue]
    if other_name is None:
        return text, []
    return text, [
        Place(file.name).issue(
            "FILE_NOT_UTF8",
            f"{file.name} is in {other_name}",
            'Save it as CSV in UTF-8 (in Excel: "CSV UTF-8").',
        )
    ]


def _parsed(name: str, text: str) -> tuple[tuple[Line, ...], Issue | None]:
    """The lines up to the first one that cannot be read, and why it cannot."""
    lines: list[Line] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append(Line(begins, tuple(cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        return tuple(lines), Place(name, begins).issue(
            "CSV_MALFORMED",
            f"line {begins} of {name} is not well-formed CSV: {error}",
            'Close every quote, and write a quote inside a quoted cell twice ("").',
        )
    return tuple(lines), None


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)
