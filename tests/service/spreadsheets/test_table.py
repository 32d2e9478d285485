"""A file in, rows of people out."""

from __future__ import annotations

import pytest

from service.spreadsheets.sheet import SheetFile
from service.spreadsheets.table import MOST_COLUMNS, read_table
from tests.service.spreadsheets.sheets import a_csv, a_workbook, codes


@pytest.mark.parametrize(
    "file",
    [a_csv("grade,email", " SEO ,a"), a_workbook([["Grade", "Email"], ["SEO", "a"]])],
    ids=["csv", "xlsx"],
)
def test_rows_carry_the_trimmed_text_of_each_field(file: SheetFile) -> None:
    table, issues = read_table(file, "mentor", None)
    assert table is not None
    assert [(row.line, row.texts) for row in table.rows] == [(2, {"grade": "SEO", "email": "a"})]
    assert issues == []


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx", "people.ods"])
@pytest.mark.parametrize("content", [b"", b" \r\n\t"])
def test_an_empty_file_is_an_issue_whatever_its_ending(name: str, content: bytes) -> None:
    table, issues = read_table(SheetFile(name, content), "mentor", None)
    assert table is None
    assert codes(issues) == ["FILE_EMPTY"]


def test_a_file_with_only_commas_is_empty() -> None:
    assert codes(read_table(a_csv(",,,", ",,,"), "mentor", None)[1]) == ["FILE_EMPTY"]


def test_headings_alone_are_an_issue() -> None:
    assert codes(read_table(a_csv("grade"), "mentor", None)[1]) == ["FILE_WITHOUT_ROWS"]


@pytest.mark.parametrize("name", ["people.doc", "people", "people.csv.gz"])
def test_an_ending_that_nobody_knows_is_an_issue(name: str) -> None:
    _, issues = read_table(SheetFile(name, b"grade\nSEO\n"), "mentor", None)
    assert codes(issues) == ["FILE_TYPE_UNKNOWN"]


def test_every_ragged_row_is_reported_and_left_out() -> None:
    table, issues = read_table(
        a_csv("grade,email", "SEO", "SEO,a,b,c", "SEO,a,,", "HEO,b"), "mentor", None
    )
    assert table is not None
    assert [row.line for row in table.rows] == [4, 5], "empty cells past the end do no harm"
    assert [(issue.code, issue.detail["line"], issue.detail["value"]) for issue in issues] == [
        ("ROW_TOO_SHORT", 2, 1),
        ("ROW_TOO_LONG", 3, 4),
    ]


def test_a_sheet_of_a_million_columns_is_refused_in_one_issue() -> None:
    wide = ",".join(f"h{n}" for n in range(MOST_COLUMNS + 1))
    assert codes(read_table(a_csv(wide, "x"), "mentor", None)[1]) == ["TOO_MANY_COLUMNS"]
