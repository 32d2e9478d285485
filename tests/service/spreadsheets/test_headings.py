"""Which column holds which field, and what is wrong with headings."""

from __future__ import annotations

from models.domain.issue import Issue
from service.spreadsheets.csv_text import read_csv
from service.spreadsheets.headings import FieldColumn, best_mapping, read_headings
from service.spreadsheets.mapping import Column, built_in_mappings
from service.spreadsheets.sheet import Side
from tests.service.spreadsheets.sheets import a_csv, codes


def headings(*lines: str, side: Side = "mentor") -> tuple[list[FieldColumn], list[Issue]]:
    sheet, _ = read_csv(a_csv(*lines))
    assert sheet is not None
    return read_headings(sheet, side, best_mapping([sheet]))


def test_the_samples_headings_are_known() -> None:
    columns, issues = headings(
        "first name,last name,email address,both mentor and mentee,job title,grade,organisation,"
        "profession,match with similar identity,identity to match,biography",
        side="mentee",
    )
    assert issues == []
    assert {column.heading: column.field.name for column in columns} == {
        "first name": "first_name",
        "last name": "last_name",
        "email address": "email",
        "job title": "job_role",
        "grade": "grade",
        "organisation": "department",
        "profession": "profession",
        "identity to match": "seeks_characteristic",
    }


def test_lists_are_separated_as_the_mapping_that_fits_best_says() -> None:
    """`characteristics` stands in both mappings: with commas in the sample's."""
    in_the_sample, _ = headings("grade,organisation,biography,characteristics")
    in_our_own, _ = headings("grade,department,team,characteristics")
    assert [columns[-1].separator for columns in (in_the_sample, in_our_own)] == [",", ";"]


def test_one_mapping_serves_both_sheets_of_a_round() -> None:
    """A sheet with few headings is read as the other one shows."""
    mentors, _ = read_csv(a_csv("grade,characteristics"))
    mentees, _ = read_csv(a_csv("grade,identity to match"))
    assert mentors is not None
    assert mentees is not None
    assert best_mapping([mentors, mentees]) == built_in_mappings()["staff-network"]


def test_a_misspelt_heading_of_the_other_mapping_is_recognised() -> None:
    _, issues = headings("grade,organisaton")
    assert issues[0].hint == 'Did you mean "organisation"?'


def test_a_heading_of_a_given_mapping_is_asked_for_by_its_own_name() -> None:
    sheet, _ = read_csv(a_csv("email", "x"))
    assert sheet is not None
    mapping = {"pay band": Column("grade"), "email": Column("email")}
    _, issues = read_headings(sheet, "mentor", mapping)
    assert codes(issues) == ["HEADING_MISSING"]
    assert '"pay band"' in issues[0].hint


def test_every_problem_with_the_headings_is_told_at_once() -> None:
    _, issues = headings("email,e-mail address,proffesion,wants,quux", "a,b,c,d,e")
    assert codes(issues) == [
        *("HEADING_UNKNOWN", "HEADING_UNKNOWN", "HEADING_UNKNOWN", "HEADING_UNKNOWN"),
        "HEADING_MISSING",
    ]
    assert issues[1].hint == 'Did you mean "profession"?'
    assert issues[1].detail == {
        "file": "people.csv",
        "line": 1,
        "column": "proffesion",
        "value": "proffesion",
    }


def test_two_columns_for_one_field_are_an_issue() -> None:
    _, issues = headings("grade,email,email address")
    assert codes(issues) == ["HEADING_TWICE"]


def test_a_column_without_a_heading_matters_only_with_something_in_it() -> None:
    _, issues = headings("grade,,", "SEO,,", "HEO,,x")
    assert codes(issues) == ["HEADING_EMPTY"]
    assert issues[0].detail == {
        "file": "people.csv",
        "line": 3,
        "column": "column 3",
    }


def test_an_endless_heading_is_shown_cut_and_without_e_mails() -> None:
    _, issues = headings(f"grade,{'x' * 100_000},ann@example.org")
    assert codes(issues) == ["HEADING_UNKNOWN", "HEADING_UNKNOWN"]
    assert len(issues[0].message) < 200
    assert "ann@example.org" not in str(issues)
