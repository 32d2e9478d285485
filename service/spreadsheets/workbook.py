"""Workbooks (XLSX, XLS, ODS): one of their sheets as lines of text cells."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable

from models.domain.issue import Issue
from service.spreadsheets.sheet import Line, Place, Sheet, SheetFile, Side

MOST_UNPACKED_BYTES = 512 * 1024 * 1024
"""What a workbook may hold once unpacked, so that a small file cannot fill the memory."""


def read_workbook(file: SheetFile, side: Side) -> tuple[Sheet | None, list[Issue]]:
    """The sheet called "Mentors" or "Mentees" where the workbook has one, else its first."""
    from python_calamine import CalamineError, CalamineWorkbook

    unreadable = Place(file.name).issue(
        "FILE_UNREADABLE",
        f"{file.name} cannot be read as a workbook",
        "Open it in a spreadsheet program and save it again, without a password.",
    )
    if _unpacked_size(file.content) > MOST_UNPACKED_BYTES:
        return None, [unreadable]
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
        name = _sheet_for(side, workbook.sheet_names)
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) if name else []
    except (CalamineError, OSError, ValueError):
        return None, [unreadable]
    lines = (Line(n, tuple(map(_text, cells))) for n, cells in enumerate(rows, start=1))
    return Sheet(file.name, tuple(line for line in lines if any(line.cells))), []


def _unpacked_size(content: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def _sheet_for(side: Side, names: Iterable[str]) -> str | None:
    names = list(names)
    wanted = {side, f"{side}s"}
    return next((name for name in names if name.strip().casefold() in wanted), (*names, None)[0])


def _text(value: object) -> str:
    """A cell as text. A workbook knows only fractions: 2.0 was written as 2."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).strip()
