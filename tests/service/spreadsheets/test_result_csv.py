"""Results as CSV."""

from __future__ import annotations

import csv
import io

import pytest

from models.domain.participant import Contact, DroppedPin
from models.domain.result import MatchResult, Unmatched
from service.spreadsheets.result_csv import result_csv
from service.spreadsheets.result_rows import Contacts
from tests.service.spreadsheets.sheets import a_result


def rows(result: MatchResult, contacts: Contacts | None = None) -> list[dict[str, str]]:
    text = result_csv(result, contacts).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_pair_is_a_row_with_its_reasons_strongest_first() -> None:
    assert rows(a_result()) == [
        {
            "outcome": "matched",
            "mentor": "M1",
            "mentee": "E1",
            "points": "81.5",
            "mentee_rank": "2",
            "mentor_rank": "1",
            "reasons": "offers both things sought (60.000); near (21.500)",
        }
    ]


def test_everybody_without_has_a_row_with_the_reason() -> None:
    result = a_result(
        unmatched=[
            Unmatched(reference="E2", role="mentee", reason="contention", because="all taken"),
            Unmatched(reference="M2", role="mentor", reason="no_eligible_mentee", because="none"),
        ],
        short=[
            Unmatched(
                reference="E1",
                role="mentee",
                reason="contention",
                because="few",
                got=1,
                wanted=2,
            )
        ],
    )
    assert [(row["outcome"], row["mentor"], row["mentee"], row["reasons"]) for row in rows(result)][
        1:
    ] == [
        ("contention", "", "E2", "all taken"),
        ("no_eligible_mentee", "M2", "", "none"),
        ("short", "", "E1", "few"),
    ]


def test_names_stand_beside_the_references_only_when_they_are_given() -> None:
    (row,) = rows(a_result(), {"M1": Contact(name="Ann", email="ann@example.org")})
    assert (row["mentor_name"], row["mentor_email"]) == ("Ann", "ann@example.org")
    assert (row["mentee_name"], row["mentee_email"]) == ("", "")
    assert "mentor_name" not in rows(a_result())[0]


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  =", "\ufeff=", "'="]
)
def test_no_cell_begins_as_a_formula(start: str) -> None:
    formula = f'{start}HYPERLINK("http://example.org")'
    (row,) = rows(a_result(mentor=formula))
    assert row["mentor"] == f"'{formula}"


def test_text_that_only_contains_a_sign_is_left_alone() -> None:
    (row,) = rows(a_result(mentor="HR-1=2"))
    assert row["mentor"] == "HR-1=2"


def test_a_dropped_pin_has_a_row_with_the_reason() -> None:
    pin = DroppedPin(mentor="M1", mentee="E2", code="PIN_DROPPED", because="no place is left")
    result = a_result().model_copy(update={"dropped_pins": (pin,)})
    row = rows(result, {"E2": Contact(name="Ben")})[-1]
    assert (row["outcome"], row["mentor"], row["mentee"]) == ("pin_dropped", "M1", "E2")
    assert (row["reasons"], row["mentee_name"]) == ("no place is left", "Ben")
