"""Bytes to lines: every way in which a CSV file can be none."""

from __future__ import annotations

import pytest

from service.spreadsheets.csv_text import read_csv
from service.spreadsheets.sheet import SheetFile
from tests.service.spreadsheets.sheets import a_csv, codes


def test_cells_keep_their_order_and_lines_their_number() -> None:
    sheet, issues = read_csv(a_csv("grade,email", "", ",", "SEO,a"))
    assert sheet is not None
    assert [(line.number, line.cells) for line in sheet.lines] == [
        (1, ("grade", "email")),
        (4, ("SEO", "a")),
    ]
    assert issues == []


def test_a_quoted_line_break_does_not_shift_the_numbers_below_it() -> None:
    """A line's number is where it begins, as a text editor shows it."""
    sheet, _ = read_csv(a_csv("grade,about", 'SEO,"one', 'two"', "HEO,three"))
    assert sheet is not None
    assert [line.number for line in sheet.lines] == [1, 2, 4]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_what_the_first_line_uses(separator: str) -> None:
    sheet, _ = read_csv(a_csv(separator.join(("grade", "email")), separator.join(("SEO", "a"))))
    assert sheet is not None
    assert sheet.lines[1].cells == ("SEO", "a")


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    sheet, issues = read_csv(SheetFile("a.csv", b"\xef\xbb\xbfgrade\nSEO\n"))
    assert sheet is not None
    assert sheet.lines[0].cells == ("grade",)
    assert issues == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused(encoding: str) -> None:
    _, issues = read_csv(SheetFile("a.csv", "grade\nSEO\n".encode(encoding)))
    assert codes(issues)[0] in {"FILE_NOT_UTF8", "FILE_IS_BINARY"}
    assert "UTF-16" in issues[0].message


def test_another_encoding_is_refused_with_its_line_and_byte() -> None:
    sheet, issues = read_csv(SheetFile("a.csv", "grade,name\nSEO,a\nSEO,José\n".encode("cp1252")))
    assert issues[0].detail == {"file": "a.csv", "line": 3, "value": "0xe9"}
    assert sheet is not None, "the rest is still read, for its other problems"
    assert sheet.lines[2].cells == ("SEO", "José")


@pytest.mark.parametrize("signature", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_with_the_wrong_ending_is_told_so(signature: bytes) -> None:
    sheet, issues = read_csv(SheetFile("a.csv", signature + b"\0\0"))
    assert sheet is None
    assert codes(issues) == ["FILE_IS_A_WORKBOOK"]


def test_a_binary_file_is_no_csv() -> None:
    sheet, issues = read_csv(SheetFile("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0"))
    assert sheet is None
    assert codes(issues) == ["FILE_IS_BINARY"]


@pytest.mark.parametrize(
    "line", ['"never closed', '"closed"early', "x" * 200_000], ids=["open", "early", "endless"]
)
def test_malformed_csv_names_the_line(line: str) -> None:
    sheet, issues = read_csv(a_csv("grade", "SEO", line))
    assert codes(issues) == ["CSV_MALFORMED"]
    assert issues[0].detail["line"] == 3
    assert sheet is not None
    assert len(sheet.lines) == 2
