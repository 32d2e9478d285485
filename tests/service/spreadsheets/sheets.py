"""Builders of small spreadsheets and results."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from models.domain.certificate import Certificate
from models.domain.issue import Issue
from models.domain.result import (
    Assignment,
    Contribution,
    LevelResult,
    MatchResult,
    RunReport,
    Unmatched,
)
from service.spreadsheets.round_document import SpreadsheetRound, read_spreadsheets
from service.spreadsheets.sheet import SheetFile


def a_csv(*lines: str, name: str = "people.csv") -> SheetFile:
    """A CSV file of these lines."""
    return SheetFile(name, "".join(f"{line}\r\n" for line in lines).encode())


def a_workbook(
    rows: Sequence[Sequence[Any]], sheet: str = "Sheet1", corner: tuple[int, int] | None = None
) -> SheetFile:
    """An XLSX file with these rows, and one more cell in a far corner where it is given.

    A sheet with a name of its own comes second, after a cover.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        if sheet != "Sheet1":
            workbook.add_worksheet("Cover").write(0, 0, "Please read")
        written = workbook.add_worksheet(sheet)
        for number, row in enumerate(rows):
            written.write_row(number, 0, row)
        if corner is not None:
            written.write(*corner, "x")
    return SheetFile("people.xlsx", content.getvalue())


def a_workbook_of_formulas(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], sheet: str = "Sheet1"
) -> SheetFile:
    """An XLSX file whose cells below the headings are formulas with these values.

    The value "" is a formula that was never calculated, as some libraries write them.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        if sheet != "Sheet1":
            workbook.add_worksheet("Cover").write_formula(0, 0, "=NA()", None, "#N/A")
        written = workbook.add_worksheet(sheet)
        written.write_row(0, 0, headings)
        for number, row in enumerate(rows, start=1):
            for position, value in enumerate(row):
                written.write_formula(number, position, "=Z9", None, value)
    return SheetFile("people.xlsx", content.getvalue())


def an_ods(rows: Sequence[Sequence[str]]) -> SheetFile:
    """An OpenDocument spreadsheet of these texts: as little as makes one.

    A text that begins with `<` is a whole cell.
    """
    cells = [
        "".join(
            text
            if text.startswith("<")
            else f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>"
            for text in row
        )
        for row in rows
    ]
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    table = f'<table:table table:name="People">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml", f"<office:document-content {names}>{body}</office:document-content>"
        )
    return SheetFile("people.ods", content.getvalue())


def a_round(
    mentors: SheetFile | None = None,
    mentees: SheetFile | None = None,
    mapping: Any = None,
) -> SpreadsheetRound:
    """A round of two sheets, with one person in each where it is not given."""
    return read_spreadsheets(
        mentors or a_csv("email,grade", "m@example.org,Grade 7", name="mentors.csv"),
        mentees or a_csv("email,grade", "e@example.org,SEO", name="mentees.csv"),
        {"profile": "staff-network"},
        mapping,
    )


def codes(issues: Iterable[Issue]) -> list[str]:
    """The issues' codes, in order."""
    return [issue.code for issue in issues]


def a_result(
    *,
    mentor: str = "M1",
    because: str = "offers both things sought",
    proof: str = "certified",
    solve_status: Any = "optimal",
    unmatched: Iterable[Unmatched] = (),
    short: Iterable[Unmatched] = (),
) -> MatchResult:
    """A result with one pair, worth 81.5 points."""
    strong = Contribution(
        rule="expertise_overlap", weight=60, value=1000, points=60000, max=60000, because=because
    )
    weak = Contribution(
        rule="profession_match", weight=43, value=500, points=21500, max=43000, because="near"
    )
    nothing = Contribution(
        rule="shared_region", weight=10, value=0, points=0, max=10000, because="far apart"
    )
    return MatchResult(
        run=RunReport(
            status="solved",
            solve_status=solve_status,
            tie_salt="salt",
            tie_rule="lottery",
            problem_digest="digest",
            seconds=1.5,
            versions={"pairwell": "1"},
        ),
        levels=(
            LevelResult(name="mentees_matched", value=1, bound=1, proved=True, proof=proof),
            LevelResult(name="points", value=81500, bound=81500, proved=True, proof=proof),
        ),
        assignments=(
            Assignment(
                mentor=mentor,
                mentee="E1",
                points=81500,
                contributions=(weak, nothing, strong),
                mentee_rank=2,
            ),
        ),
        unmatched=tuple(unmatched),
        short=tuple(short),
        certificate=Certificate(),
    )
