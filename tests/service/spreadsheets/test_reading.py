"""Which files are taken, and what is wrong with the others."""

from __future__ import annotations

import pytest

from service.spreadsheets.reading import MOST_COLUMNS, read_sheet
from service.spreadsheets.sheet import SheetFile
from tests.service.spreadsheets.sheets import a_csv, a_workbook, an_ods, codes


@pytest.mark.parametrize(
    "file", [a_csv("grade", "SEO"), a_workbook([["grade"], ["SEO"]]), an_ods([["grade"], ["SEO"]])]
)
def test_each_kind_of_file_gives_its_lines(file: SheetFile) -> None:
    sheet, issues = read_sheet(file, "mentor")
    assert sheet is not None
    assert [line.cells for line in sheet.lines] == [("grade",), ("SEO",)]
    assert issues == []


def test_the_ending_may_be_in_capitals() -> None:
    sheet, _ = read_sheet(SheetFile("PEOPLE.CSV", b"grade\nSEO\n"), "mentor")
    assert sheet is not None


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx", "people.ods"])
@pytest.mark.parametrize("content", [b"", b" \r\n\t"])
def test_an_empty_file_is_an_issue_whatever_its_ending(name: str, content: bytes) -> None:
    sheet, issues = read_sheet(SheetFile(name, content), "mentor")
    assert sheet is None
    assert codes(issues) == ["FILE_EMPTY"]


def test_a_file_with_only_commas_is_empty() -> None:
    assert codes(read_sheet(a_csv(",,,", ",,,"), "mentor")[1]) == ["FILE_EMPTY"]


@pytest.mark.parametrize("name", ["people.doc", "people", "people.csv.gz"])
def test_an_ending_that_nobody_knows_is_an_issue(name: str) -> None:
    _, issues = read_sheet(SheetFile(name, b"grade\nSEO\n"), "mentor")
    assert codes(issues) == ["FILE_TYPE_UNKNOWN"]


def test_a_sheet_of_a_million_columns_is_refused_in_one_issue() -> None:
    wide = ",".join(f"h{n}" for n in range(MOST_COLUMNS + 1))
    assert codes(read_sheet(a_csv(wide, "x"), "mentor")[1]) == ["TOO_MANY_COLUMNS"]
