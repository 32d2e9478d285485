from __future__ import annotations

from typing import Any

import pytest

from models.domain.participant import EarlierPair, Pair
from tests.solver.intake.documents import (
    a_document,
    a_mentee_row,
    a_mentor_row,
    issues_of,
    places,
    problem_of,
)


def pair(mentor: str, mentee: str, **more: Any) -> dict[str, Any]:
    return {"mentor": mentor, "mentee": mentee} | more


def test_pins_bars_and_earlier_pairs_are_kept_in_sorted_order() -> None:
    problem = problem_of(
        a_document(
            a_mentor_row("M-1"),
            a_mentor_row("M-2"),
            a_mentee_row("E-1"),
            a_mentee_row("E-2"),
            pins=[pair("M-2", "E-2"), pair(" M-1 ", "E-1")],
            bars=[pair("M-2", "E-1"), pair("M-1", "E-2"), pair("M-2", "E-1")],
            earlier={"pairs": [pair("M-9", "E-9", state="proposed"), pair("M-1", "E-2")]},
        )
    )
    assert problem.pins == (Pair(mentor="M-1", mentee="E-1"), Pair(mentor="M-2", mentee="E-2"))
    assert problem.bars == (Pair(mentor="M-1", mentee="E-2"), Pair(mentor="M-2", mentee="E-1"))
    assert problem.earlier == (
        EarlierPair(mentor="M-1", mentee="E-2", state="active"),
        EarlierPair(mentor="M-9", mentee="E-9", state="proposed"),
    )


@pytest.mark.parametrize(
    ("fields", "code", "place"),
    [
        ({"pins": [pair("M-1", "E-9")]}, "PIN_UNKNOWN_PERSON", "/pins/0/mentee"),
        ({"pins": [pair("M-9", "E-1")]}, "PIN_UNKNOWN_PERSON", "/pins/0/mentor"),
        ({"pins": [pair("E-1", "E-2")]}, "PIN_UNKNOWN_PERSON", "/pins/0/mentor"),
        ({"pins": [pair("M-1", "M-2")]}, "PIN_UNKNOWN_PERSON", "/pins/0/mentee"),
        ({"pins": [pair("M-1", "M-1")]}, "PIN_SELF", "/pins/0"),
        ({"pins": [pair("M-2", "E-2")]}, "PIN_SELF", "/pins/0"),
        ({"pins": [pair("M-1", "E-1")] * 2}, "PIN_DUPLICATE", "/pins/1"),
        (
            {"pins": [pair("M-1", "E-1")], "bars": [pair("M-1", "E-1")]},
            "PIN_VS_BAR",
            "/pins/0",
        ),
        ({"pins": [pair("M-1", "")]}, "WRONG_LENGTH", "/pins/0/mentee"),
        ({"pins": [{"mentor": "M-1"}]}, "MISSING_FIELD", "/pins/0/mentee"),
        ({"pins": ["M-1"]}, "WRONG_TYPE", "/pins/0"),
        ({"pins": {}}, "WRONG_TYPE", "/pins"),
        ({"bars": [pair("M-1", "E-9")]}, "BAR_UNKNOWN_PERSON", "/bars/0/mentee"),
        ({"bars": [pair("M-9", "E-1")]}, "BAR_UNKNOWN_PERSON", "/bars/0/mentor"),
        ({"bars": [pair("M-1", "E-1", why="?")]}, "UNKNOWN_FIELD", "/bars/0/why"),
        ({"earlier": {"pairs": [pair("A", "B")] * 2}}, "EARLIER_DUPLICATE", "/earlier/pairs/1"),
        (
            {"earlier": {"pairs": [pair("A", "B", state="gone")]}},
            "UNKNOWN_VALUE",
            "/earlier/pairs/0/state",
        ),
        ({"earlier": {"pairs": 5}}, "WRONG_TYPE", "/earlier/pairs"),
        ({"earlier": []}, "WRONG_TYPE", "/earlier"),
    ],
)
def test_each_fault_has_its_code_and_its_place(
    fields: dict[str, Any], code: str, place: str
) -> None:
    document = a_document(
        a_mentor_row("M-1"),
        a_mentor_row("M-2", person="P"),
        a_mentee_row("E-1"),
        a_mentee_row("E-2", person="P"),
        **fields,
    )
    assert places(issues_of(document)) == [(code, place)]


def test_a_pin_is_barred_under_any_reference_of_the_same_two_people() -> None:
    document = a_document(
        a_mentor_row("M-1", person="P"),
        a_mentee_row("M-1-as-mentee", person="P"),
        a_mentee_row("E-1"),
        pins=[pair("M-1", "E-1")],
        bars=[pair("M-1-as-mentee", "E-1")],
    )
    (issue,) = issues_of(document)
    assert (issue.code, issue.detail["bar"]) == ("PIN_VS_BAR", 0)


def test_a_bar_of_the_other_direction_does_not_touch_a_pin() -> None:
    document = a_document(pins=[pair("M-1", "E-1")], bars=[pair("E-1", "M-1")])
    assert issues_of(document) == ()


def test_a_pin_finds_both_roles_of_a_reference_that_is_given_twice() -> None:
    """The duplicate is the problem; that the first row has one role only is none."""
    document = a_document(
        a_mentor_row("A"), a_mentee_row("A"), a_mentor_row("B"), pins=[pair("B", "A")]
    )
    assert places(issues_of(document)) == [("DUPLICATE_REFERENCE", "/participants/1/reference")]


def test_lists_may_name_people_who_are_not_in_the_round() -> None:
    document = a_document(
        a_mentor_row(
            "M-1",
            line_manager="X-1",
            previous_pairs=["X-2"],
            mentor={"prefers": ["X-3"], "avoids": ["X-4"]},
        )
    )
    assert issues_of(document) == ()
