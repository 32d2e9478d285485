"""What the process that opens a workbook makes of its cells."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from types import SimpleNamespace

import pytest

from service.spreadsheets import workbook_child
from service.spreadsheets.workbook_child import main, sheet_for, text_of
from tests.service.spreadsheets.sheets import a_workbook


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(2026, 9, 1), "2026-09-01"),
        (dt.time(9, 30), "09:30:00"),
        (" SEO ", "SEO"),
        (1e12, "1000000000000"),
        (2.0, "2"),
        (0.5, "0.5"),
        (True, "yes"),
        (False, "no"),
        ("", ""),
    ],
)
def test_a_cell_reads_as_people_would_write_it(value: object, text: str) -> None:
    assert text_of(value) == text


def test_a_sheets_name_is_compared_without_case_and_white_space() -> None:
    assert sheet_for("mentee", ["Cover", " MENTEES "]) == " MENTEES "
    assert sheet_for("mentee", ["Cover", "People"]) == "Cover"


def test_lines_are_written_with_their_numbers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_child, "limit_memory", lambda: None)
    given = io.BytesIO(a_workbook([["grade"], [], ["SEO"]]).content)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
    main("mentor")
    assert json.loads(capsys.readouterr().out) == [[1, ["grade"]], [3, ["SEO"]]]
