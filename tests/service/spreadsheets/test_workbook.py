"""Workbooks: which sheet is read, and what its cells become."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from service.spreadsheets import workbook
from service.spreadsheets.sheet import SheetFile
from service.spreadsheets.workbook import read_workbook
from tests.service.spreadsheets.sheets import a_workbook, codes


def test_cells_become_text_and_blank_lines_keep_their_number() -> None:
    sheet, issues = read_workbook(
        a_workbook([["grade", "capacity", "remote"], [], ["SEO", 2, True], ["HEO", 0.5, False]]),
        "mentor",
    )
    assert sheet is not None
    assert [(line.number, line.cells) for line in sheet.lines] == [
        (1, ("grade", "capacity", "remote")),
        (3, ("SEO", "2", "yes")),
        (4, ("HEO", "0.5", "no")),
    ]
    assert issues == []


def test_the_sheet_named_for_the_side_is_read() -> None:
    sheet, _ = read_workbook(a_workbook([["grade"], ["SEO"]], sheet="Mentees"), "mentee")
    assert sheet is not None
    assert sheet.lines[0].cells == ("grade",)


def test_without_such_a_name_the_first_sheet_is_read() -> None:
    sheet, _ = read_workbook(a_workbook([["grade"], ["SEO"]], sheet="Mentees"), "mentor")
    assert sheet is not None
    assert sheet.lines[0].cells == ("Please read",)


@pytest.mark.parametrize(
    "content",
    [b"hello", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600, a_workbook([["a"]]).content[:900]],
    ids=["text", "no-zip", "no-xls", "cut-off"],
)
def test_what_is_no_workbook_is_an_issue(content: bytes) -> None:
    sheet, issues = read_workbook(SheetFile("people.xlsx", content), "mentor")
    assert sheet is None
    assert codes(issues) == ["FILE_UNREADABLE"]


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A zip bomb is told by the sizes that its directory states."""
    monkeypatch.setattr(workbook, "MOST_UNPACKED_BYTES", 1000)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "0" * 1001)
    _, issues = read_workbook(SheetFile("people.xlsx", content.getvalue()), "mentor")
    assert codes(issues) == ["FILE_UNREADABLE"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(2026, 9, 1), "2026-09-01"),
        (dt.time(9, 30), "09:30:00"),
        (" SEO ", "SEO"),
        (1e12, "1000000000000"),
    ],
)
def test_a_cell_reads_as_people_would_write_it(value: object, text: str) -> None:
    assert workbook._text(value) == text
