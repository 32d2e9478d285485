"""Lines of cells in, rows of people out."""

from __future__ import annotations

import pytest

from models.domain.issue import Issue
from service.spreadsheets.mapping import built_in_mappings
from service.spreadsheets.reading import read_sheet
from service.spreadsheets.sheet import SheetFile
from service.spreadsheets.table import Table, read_table
from tests.service.spreadsheets.sheets import a_csv, a_workbook, a_workbook_of_formulas, codes


def a_table(file: SheetFile) -> tuple[Table, list[Issue]]:
    sheet, _ = read_sheet(file, "mentor")
    assert sheet is not None
    return read_table(sheet, "mentor", built_in_mappings()["pairwell"])


@pytest.mark.parametrize(
    "file",
    [a_csv("grade,email", " SEO ,a"), a_workbook([["Grade", "Email"], ["SEO", "a"]])],
    ids=["csv", "xlsx"],
)
def test_rows_carry_the_trimmed_text_of_each_field(file: SheetFile) -> None:
    table, issues = a_table(file)
    assert [(row.line, row.texts) for row in table.rows] == [(2, {"grade": "SEO", "email": "a"})]
    assert issues == []


def test_headings_alone_are_an_issue() -> None:
    assert codes(a_table(a_csv("grade"))[1]) == ["FILE_WITHOUT_ROWS"]


def test_every_ragged_row_is_reported_and_left_out() -> None:
    table, issues = a_table(a_csv("grade,email", "SEO", "SEO,a,b,c", "SEO,a,,", "HEO,b"))
    assert [row.line for row in table.rows] == [4, 5], "empty cells past the end do no harm"
    assert [(issue.code, issue.detail["line"], issue.detail["value"]) for issue in issues] == [
        ("ROW_TOO_SHORT", 2, 1),
        ("ROW_TOO_LONG", 3, 4),
    ]


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#NAME?"])
def test_an_error_cell_is_an_issue_at_its_place_and_the_row_is_left_out(error: str) -> None:
    table, issues = a_table(a_csv("grade,email", "SEO,a", f"{error},b"))
    assert [row.line for row in table.rows] == [2]
    assert codes(issues) == ["CELL_ERROR"]
    assert issues[0].detail == {"file": "people.csv", "line": 3, "column": "grade", "value": error}


def test_every_formula_without_a_value_in_a_workbook_is_an_issue() -> None:
    rows = [["SEO", 1], ["", "#REF!"]]
    _, issues = a_table(a_workbook_of_formulas(["grade", "capacity"], rows))
    assert [(i.code, i.detail["line"], i.detail["column"]) for i in issues] == [
        ("CELL_ERROR", 3, "grade"),
        ("CELL_ERROR", 3, "capacity"),
    ]


def test_an_error_in_a_column_that_is_not_read_does_no_harm() -> None:
    sheet, _ = read_sheet(a_csv("grade,biography", "SEO,#N/A"), "mentor")
    assert sheet is not None
    table, issues = read_table(sheet, "mentor", built_in_mappings()["staff-network"])
    assert (len(table.rows), issues) == (1, [])
