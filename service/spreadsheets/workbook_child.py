"""The process that opens a workbook: bytes on its input, lines of text cells on its output.

A few kilobytes can claim a sheet of any size, and the library that reads it then ends its
process at once. So it gets one of its own, with a limit on memory. This file is run by its
path and imports nothing of Pairwell.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from collections.abc import Sequence

from python_calamine import CalamineWorkbook

MOST_MEMORY = 1024 * 1024 * 1024


def main(side: str) -> None:
    """Writes `[[line number, [cell, …]], …]` as JSON, without blank lines."""
    limit_memory()
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    names = workbook.sheet_names
    rows: list[list[object]] = []
    if names:
        sheet = workbook.get_sheet_by_name(sheet_for(side, names))
        for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            texts = [text_of(cell) for cell in cells]
            if any(texts):
                rows.append([number, texts])
    json.dump(rows, sys.stdout)


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


if __name__ == "__main__":
    main(sys.argv[1])
