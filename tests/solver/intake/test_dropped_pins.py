"""Where pins may be dropped, a round is read whatever its pins are."""

from __future__ import annotations

from typing import Any

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.reference import civil_service
from solver.intake import read_round
from solver.intake.round import Intake
from tests.solver.intake.documents import a_document, a_mentee_row, a_mentor_row, places

Names = list[tuple[str, str]]
DROP = {"on_conflict": "drop"}


def read(*people: dict[str, Any], pins: Names, **fields: Any) -> Intake:
    named = [{"mentor": mentor, "mentee": mentee} for mentor, mentee in pins]
    document = a_document(*people, pins=named, **{"policy": DROP, **fields})
    return read_round(document, civil_service())


def problem_of(intake: Intake) -> Problem:
    assert intake.problem is not None, intake.issues
    return intake.problem


def test_pins_that_cannot_stand_by_themselves_are_dropped_each_with_its_reason() -> None:
    intake = read(
        a_mentor_row("M-1", mentor={"capacity": 9}),
        a_mentor_row("M-2", mentor={"capacity": 0}),
        a_mentor_row("M-3", grade="AA"),
        a_mentee_row("E-1"),
        a_mentee_row("E-2"),
        pins=[
            ("M-1", "E-1"),
            ("M-1", "E-9"),
            ("M-1", "M-1"),
            ("M-3", "E-1"),
            ("M-1", "E-2"),
            ("M-2", "E-2"),
            ("M-1", "E-1"),
        ],
        bars=[{"mentor": "M-1", "mentee": "E-2"}],
    )
    problem = problem_of(intake)
    assert problem.pins == ()
    assert problem.droppable_pins == (Pair(mentor="M-1", mentee="E-1"),)
    assert {(pin.mentor, pin.mentee): pin.code for pin in problem.dropped_pins} == {
        ("M-1", "E-2"): "PIN_VS_BAR",
        ("M-1", "E-9"): "PIN_UNKNOWN_PERSON",
        ("M-1", "M-1"): "PIN_SELF",
        ("M-2", "E-2"): "MENTOR_OVER_PINNED",
        ("M-3", "E-1"): "PIN_INELIGIBLE",
    }
    assert all(pin.because for pin in problem.dropped_pins)
    assert places(intake.issues) == [
        ("PIN_UNKNOWN_PERSON", "/pins/1/mentee"),
        ("PIN_SELF", "/pins/2"),
        ("PIN_INELIGIBLE", "/pins/3"),
        ("PIN_VS_BAR", "/pins/4"),
        ("MENTOR_OVER_PINNED", "/pins/5"),
        ("PIN_DUPLICATE", "/pins/6"),
    ]
    assert {issue.severity for issue in intake.issues} == {"warning"}


def test_which_of_colliding_pins_stand_is_left_to_the_search() -> None:
    intake = read(
        a_mentor_row("M-1"),
        a_mentee_row("E-1"),
        a_mentee_row("E-2"),
        pins=[("M-1", "E-1"), ("M-1", "E-2")],
    )
    problem = problem_of(intake)
    assert intake.issues == ()
    assert len(problem.droppable_pins) == 2
    assert problem.policy.levels[:2] == ("pins_kept", "mentees_matched")


def test_without_any_pin_that_can_stand_the_levels_are_the_policys() -> None:
    assert "pins_kept" not in problem_of(read(pins=[])).policy.levels
    assert "pins_kept" not in problem_of(read(pins=[("M-1", "E-9")])).policy.levels


def test_a_person_who_is_not_there_may_not_be_named_by_name() -> None:
    """What is dropped is shown in the result, so it may be neither a name nor an address."""
    intake = read(pins=[("M-1", "ada@dept.gov.uk"), ("Ada Lovelace", "E-1")])
    assert [issue.code for issue in intake.issues if issue.severity == "error"] == [
        "REFERENCE_IS_EMAIL",
        "REFERENCE_IS_NAME",
    ]


def test_what_cannot_be_read_is_an_error_all_the_same() -> None:
    named = [{"mentor": "M-1"}]
    intake = read_round(a_document(pins=named, policy=DROP), civil_service())
    assert places(intake.issues) == [("MISSING_FIELD", "/pins/0/mentee")]


def test_the_order_of_the_pins_makes_no_difference() -> None:
    people = [a_mentor_row("M-1"), a_mentee_row("E-1"), a_mentee_row("E-2")]
    pins = [("M-1", "E-1"), ("M-1", "E-2"), ("M-1", "E-9"), ("M-9", "E-1")]
    one, other = (problem_of(read(*people, pins=some)) for some in (pins, pins[::-1]))
    assert one == other
    assert one.digest == other.digest
