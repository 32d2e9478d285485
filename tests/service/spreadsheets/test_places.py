"""From a JSON pointer back to a line and a column."""

from __future__ import annotations

from models.domain.issue import Issue
from service.spreadsheets.round_document import SpreadsheetRound
from tests.service.spreadsheets.sheets import a_csv, a_round


def translated(read: SpreadsheetRound, pointer: str, **detail: object) -> Issue:
    issue = Issue(code="X", message="wrong", pointer=pointer, detail=detail)
    (found,) = read.places.translate([issue])
    return found


def test_a_field_of_a_section_is_found_in_its_own_sheet() -> None:
    read = a_round(
        a_csv("reference,grade", "HR-1,G7", name="mentors.csv"),
        a_csv("reference,Grade,WANTS", "HR-1,G7,lots", name="mentees.csv"),
    )
    found = translated(read, "/participants/0/mentee/wants")
    assert found.pointer == ""
    assert found.detail == {"file": "mentees.csv", "line": 2, "column": "WANTS"}


def test_a_value_is_shown_only_where_intake_shows_it() -> None:
    """Intake leaves out what is personal; the cell must not bring it back."""
    read = a_round(a_csv("email,grade,regions", "a,G7,Wales; Atlantis"))
    found = translated(read, "/participants/0/regions/1", value="Atlantis")
    assert found.detail == {
        "file": "people.csv",
        "line": 2,
        "column": "regions",
        "value": "Atlantis",
    }


def test_what_has_no_column_is_placed_in_its_row() -> None:
    read = a_round(mentees=a_csv("email,grade", "e,SEO", name="mentees.csv"))
    found = translated(read, "/participants/1/mentee/seeks")
    assert found.detail == {"file": "mentees.csv", "line": 2}


def test_what_is_not_about_a_participant_keeps_its_pointer() -> None:
    for pointer in ("", "/policy/weights", "/participants", "/participants/x/grade"):
        assert translated(a_round(), pointer).pointer == pointer


def test_a_missing_column_is_not_repeated_for_every_row() -> None:
    read = a_round(a_csv("email", "a"))
    about_grade = Issue(code="X", message="missing", pointer="/participants/0/grade")
    assert read.places.translate([about_grade]) == ()
