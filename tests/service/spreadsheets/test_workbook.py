"""Workbooks: which sheet is read, and what can go wrong."""

from __future__ import annotations

import io
import zipfile

import pytest

from service.spreadsheets import workbook
from service.spreadsheets.sheet import SheetFile
from service.spreadsheets.workbook import read_workbook
from tests.service.spreadsheets.sheets import (
    a_workbook,
    a_workbook_of_formulas,
    an_ods,
    codes,
)


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


def test_a_formula_reads_as_its_value_its_error_or_as_not_calculated() -> None:
    """The sheet is the second one: errors of the cover are none of ours."""
    rows = [["#N/A", "", 2], ["#DIV/0!", "SEO", 0.5], [0, 0, ""]]
    sheet, issues = read_workbook(
        a_workbook_of_formulas(["a", "b", "c"], rows, sheet="Mentors"), "mentor"
    )
    assert sheet is not None
    assert [line.cells for line in sheet.lines[1:]] == [
        ("#N/A", "#NOT-CALCULATED!", "2"),
        ("#DIV/0!", "SEO", "0.5"),
        ("0", "0", "#NOT-CALCULATED!"),
    ]
    assert issues == []


def test_a_last_line_of_formulas_that_were_never_calculated_is_a_line() -> None:
    sheet, _ = read_workbook(a_workbook_of_formulas(["a", "b"], [["x", 1], ["", ""]]), "mentor")
    assert sheet is not None
    assert sheet.lines[-1].number == 3
    assert sheet.lines[-1].cells == ("#NOT-CALCULATED!", "#NOT-CALCULATED!")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('table:formula="of:=1+1">', "#NOT-CALCULATED!"),
        ('table:formula="of:=1/0" office:value-type="float" office:value="0">#DIV/0!', "#DIV/0!"),
        ('office:value-type="string" calcext:value-type="error">#NV', "#N/A"),
        ('calcext:value-type="error" office:value-type="string">#NAME?', "#NAME?"),
        ('table:formula="of:=A9" office:value-type="string">SEO', "SEO"),
    ],
)
def test_a_formula_of_an_open_document_reads_likewise(cell: str, text: str) -> None:
    attributes, _, shown = cell.partition(">")
    inside = f"<text:p>{shown}</text:p>" if shown else ""
    whole = f"<table:table-cell {attributes}>{inside}</table:table-cell>"
    repeated = whole.replace(
        "<table:table-cell", "<table:table-cell table:number-columns-repeated='2'"
    )
    sheet, _ = read_workbook(
        an_ods([["a", "b", "c"], ["x", repeated], [whole, "y", "z"]]), "mentor"
    )
    assert sheet is not None
    assert [line.cells for line in sheet.lines[1:]] == [("x", text, text), (text, "y", "z")]


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


def test_errors_are_found_where_parts_of_the_file_are_named_from_its_root() -> None:
    """Some libraries write `/xl/worksheets/sheet1.xml`, others `worksheets/sheet1.xml`."""
    given = zipfile.ZipFile(io.BytesIO(a_workbook_of_formulas(["a"], [["#N/A"]]).content))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in given.namelist():
            part = given.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                part = part.replace(b'"worksheets/', b'"/xl/worksheets/')
            archive.writestr(name, part)
    sheet, _ = read_workbook(SheetFile("people.xlsx", content.getvalue()), "mentor")
    assert sheet is not None
    assert sheet.lines[1].cells == ("#N/A",)
