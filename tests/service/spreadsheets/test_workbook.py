"""Workbooks: which sheet is read, and what can go wrong."""

from __future__ import annotations

import pytest

from service.spreadsheets import workbook
from service.spreadsheets.sheet import SheetFile
from service.spreadsheets.workbook import read_workbook
from tests.service.spreadsheets.sheets import a_workbook, an_ods, codes


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


def test_open_document_spreadsheets_are_read() -> None:
    sheet, _ = read_workbook(an_ods([["grade"], ["SEO"]]), "mentor")
    assert sheet is not None
    assert [line.cells for line in sheet.lines] == [("grade",), ("SEO",)]


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


def test_a_sheet_that_claims_every_cell_there_is_ends_only_the_child() -> None:
    """Two cells in opposite corners: 17 thousand million between them, in 6 kB."""
    _, issues = read_workbook(a_workbook([["grade"]], corner=(1_048_575, 16_383)), "mentor")
    assert codes(issues) == ["FILE_UNREADABLE"]


def test_a_workbook_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LONGEST_READING", 0.001)
    _, issues = read_workbook(a_workbook([["grade"]]), "mentor")
    assert codes(issues) == ["FILE_UNREADABLE"]
