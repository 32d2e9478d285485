"""The process that opens a workbook: bytes on its input, lines of text cells on its output.

A few kilobytes can claim a sheet of any size, and the library that reads it then ends its
process at once. So it gets one of its own, with a limit on memory. This file is run by its
path and imports nothing of Pairwell.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import posixpath
import sys
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from typing import IO
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook

MOST_MEMORY = 1024 * 1024 * 1024
NOT_CALCULATED = "#NOT-CALCULATED!"
"""Stands in the place of a formula's value where the file holds none."""

CellError = tuple[int, int, str]
"""A cell without a value: its row and its column, both from 0, and the error's text."""


def main(side: str) -> None:
    """Writes `[[line number, [cell, …]], …]` as JSON, without blank lines.

    An error cell reads as its error, such as `#N/A`; the library would give it as empty.
    """
    limit_memory()
    content = io.BytesIO(sys.stdin.buffer.read())
    workbook = CalamineWorkbook.from_filelike(content)
    rows: list[list[str]] = []
    if workbook.sheet_names:
        name = sheet_for(side, workbook.sheet_names)
        sheet = workbook.get_sheet_by_name(name)
        rows = [[text_of(cell) for cell in r] for r in sheet.to_python(skip_empty_area=False)]
        for row, column, error in cell_errors(content, name):
            _put(rows, row, column, error)
    lines = [[number, texts] for number, texts in enumerate(rows, start=1) if any(texts)]
    json.dump(lines, sys.stdout)


def limit_memory() -> None:
    """The system ends the process rather than give it more; not on every system."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def sheet_for(side: str, names: Sequence[str]) -> str:
    """The sheet called "Mentors" or "Mentees" where the workbook has one, else its first."""
    wanted = {side, f"{side}s"}
    return next((name for name in names if name.strip().casefold() in wanted), names[0])


def text_of(value: object) -> str:
    """A cell as text. A workbook knows only fractions: 2.0 was written as 2."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).strip()


def cell_errors(content: IO[bytes], sheet: str) -> Iterator[CellError]:
    """The error cells of a sheet of an XLSX or ODS file; of other kinds none are found."""
    if not zipfile.is_zipfile(content):
        return
    with zipfile.ZipFile(content) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" in names:
            with archive.open(_xlsx_part(archive, sheet)) as part:
                yield from _xlsx_errors(part)
        elif "content.xml" in names:
            with archive.open("content.xml") as part:
                yield from _ods_errors(part, sheet)


def _put(rows: list[list[str]], row: int, column: int, error: str) -> None:
    """The sheet as read may end before its last formulas, which are empty to the library."""
    width = len(rows[0]) if rows else 0
    rows += [[""] * width for _ in range(len(rows), row + 1)]
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = error


def _xlsx_part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The path in the archive of the sheet with this name."""
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - memory is limited
    found = next(e for e in book.iter() if _local(e.tag) == "sheet" and e.get("name") == sheet)
    key = next(value for name, value in found.items() if name.endswith("}id"))
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next(link.get("Target", "") for link in links if link.get("Id") == key)
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _xlsx_errors(part: IO[bytes]) -> Iterator[CellError]:
    row = -1
    for _, element in ET.iterparse(part):  # noqa: S314
        if _local(element.tag) != "row":
            continue
        row = int(element.get("r", row + 2)) - 1
        column = -1
        for cell in element:
            reference = cell.get("r")
            column = _column_of(reference.rstrip("0123456789")) if reference else column + 1
            kind = cell.get("t")
            if kind == "s":  # Most cells: a text of the workbook's list, which no formula gives.
                continue
            parts = {_local(child.tag): child.text or "" for child in cell}
            value = parts.get("v", "")
            if kind == "e":
                yield row, column, value or NOT_CALCULATED
            elif "f" in parts and not value and kind != "str":
                yield row, column, NOT_CALCULATED
        element.clear()


def _ods_errors(part: IO[bytes], sheet: str) -> Iterator[CellError]:
    row, within = 0, False
    for event, element in ET.iterparse(part, events=("start", "end")):  # noqa: S314
        tag = _local(element.tag)
        if tag == "table" and event == "start":
            within = _attributes(element).get("name") == sheet
        elif tag == "table-row" and event == "end":
            if within:
                count = int(_attributes(element).get("number-rows-repeated", 1))
                found = list(_ods_row_errors(element))
                for number in range(row, row + count if found else row):
                    yield from ((number, column, error) for column, error in found)
                row += count
            element.clear()


def _ods_row_errors(row: ET.Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        known = _attributes(cell)
        count = int(known.get("number-columns-repeated", 1))
        text = "".join(child.text or "" for child in cell if _local(child.tag) == "p")
        error = ""
        # Two namespaces have a value-type, and only LibreOffice's own one says "error".
        if any(_local(name) == "value-type" and value == "error" for name, value in cell.items()):
            # The text is in the user's language (#NV), and who reads it needs to know it.
            error = text if text.isascii() and text.endswith(("!", "?")) else "#N/A"
        elif "formula" in known and text.startswith(("#", "Err:")):
            error = text
        elif "formula" in known and "value-type" not in known:
            error = NOT_CALCULATED
        if error:
            yield from ((column + offset, error) for offset in range(count))
        column += count


def _attributes(element: ET.Element) -> dict[str, str]:
    return {_local(name): value for name, value in element.items()}


def _local(name: str) -> str:
    return name.rpartition("}")[2]


@cache
def _column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


if __name__ == "__main__":
    main(sys.argv[1])
