"""Workbooks (XLSX, XLS, ODS): one of their sheets as lines of text cells."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from models.domain.issue import Issue
from service.spreadsheets.sheet import Line, Place, Sheet, SheetFile, Side

LONGEST_READING = 60.0
"""How long a workbook may take to open, in seconds; 20,000 rows take two or three."""


def read_workbook(file: SheetFile, side: Side) -> tuple[Sheet | None, list[Issue]]:
    """The sheet called "Mentors" or "Mentees" where the workbook has one, else its first."""
    try:
        child = subprocess.run(  # noqa: S603 - our own file, and nothing of the input
            # Isolated, so that no file beside the child's takes the place of a module.
            [sys.executable, "-I", str(Path(__file__).with_name("workbook_child.py")), side],
            input=file.content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_READING,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None, [
            Place(file.name).issue(
                "FILE_UNREADABLE",
                f"{file.name} cannot be read as a workbook",
                "Open it in a spreadsheet program, delete what is far below or beside the "
                "people, and save it again, without a password.",
            )
        ]
    lines = tuple(Line(number, tuple(cells)) for number, cells in json.loads(child.stdout))
    return Sheet(file.name, lines), []
