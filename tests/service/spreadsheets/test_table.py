"""Lines of cells in, rows of people out."""

from __future__ import annotations

import pytest

from models.domain.issue import Issue
from service.spreadsheets.mapping import built_in_mappings
from service.spreadsheets.reading import read_sheet
from service.spreadsheets.sheet import SheetFile
from service.spreadsheets.table import Table, read_table
from tests.service.spreadsheets.sheets import a_csv, a_workbook, codes


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
