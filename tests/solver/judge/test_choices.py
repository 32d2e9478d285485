"""What a result says of choices by hand is believed only where its round bears it out."""

from __future__ import annotations

from typing import Any

from models.domain.by_hand import ByHand
from models.domain.result import MatchResult
from solver.judge.verify import verify_result
from tests.builders import a_mentee, a_mentor, a_problem
from tests.in_process import solve_here

PROBLEM = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"))


def claiming(**record: Any) -> MatchResult:
    """The solved round, with a choice by hand that nobody made."""
    result = solve_here(PROBLEM)
    given = {"kind": "tie_choice", "mentee": "E1", "instead_of": "0", **record}
    run = {"by_hand": (ByHand(**given),), "tie_rule": "chosen"}
    return result.model_copy(update={"run": result.run.model_copy(update=run)})


def findings(result: MatchResult) -> str:
    return "; ".join(verify_result(PROBLEM, result).findings)


def test_a_choice_of_a_pair_that_is_not_made_is_refuted() -> None:
    assert "are not paired" in findings(claiming(mentor="M3"))


def test_a_choice_that_stands_and_cost_nothing_is_believed() -> None:
    mentor = solve_here(PROBLEM).pairs[0].mentor
    assert findings(claiming(mentor=mentor)) == ""


def test_a_choice_among_equals_cannot_have_cost_anything() -> None:
    mentor = solve_here(PROBLEM).pairs[0].mentor
    assert "cost something" in findings(claiming(mentor=mentor, losses={"points": 1}))


def test_an_override_is_a_pin() -> None:
    mentor = solve_here(PROBLEM).pairs[0].mentor
    assert "are not pinned" in findings(claiming(kind="override", mentor=mentor))


def test_there_are_no_equals_where_a_level_is_not_proved() -> None:
    mentor = solve_here(PROBLEM).pairs[0].mentor
    result = claiming(mentor=mentor)
    level = result.certificate.levels[0]
    wide = level.model_copy(
        update={"prices": level.prices.model_copy(update={"mentees": {"E1": 9}})}
    )
    certificate = result.certificate.model_copy(
        update={"levels": (wide, *result.certificate.levels[1:])}
    )
    assert "mentees_matched is not proved" in findings(
        result.model_copy(update={"certificate": certificate})
    )
