"""Conflicts of large rounds; `tests/properties` hold them to a plain programme."""

from __future__ import annotations

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Collision
from solver.levels import LEVELS
from solver.relaxation.linear import LinearFailedError
from solver.search import wide_conflict as subject
from solver.search.clock import Clock
from solver.search.wide_conflict import wide_conflict
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.wide_rounds import a_wide_round

PIN = Pair(mentor="M1", mentee="E1")


def found(problem: Problem, seconds: float = 60.0, before: float = 0.0) -> Collision:
    level = LEVELS["mentees_matched"]
    return wide_conflict(a_wide_round(problem), level, Clock(seconds), before)


def a_pin_too_far() -> Problem:
    """One pair of different regions, of which there may be none; another may be pinned."""
    return a_problem(
        a_mentor("M1", home_region="Wales"),
        a_mentor("M2", home_region="London"),
        *(a_mentee(f"E{number}", home_region="London") for number in (1, 2)),
        policy=a_policy("same_team_apart", share_limit={"cross_region_percent": 0}),
        pins=[("M1", "E1"), ("M2", "E2")],
    )


def test_the_rule_and_the_pin_are_named_alone() -> None:
    assert found(a_pin_too_far()) == Collision(rules=("share_limit",), pins=(PIN,))


def test_an_answer_beyond_the_pins_shows_that_an_element_is_needed() -> None:
    """Without the least number or without the minimum there is an answer, and it is found."""
    problem = a_problem(
        a_mentor("M1", department="HMRC"),
        a_mentee(),
        policy=a_policy(
            department_quota={"mentors": {"HMRC": {"least": 1}}}, group_minimum={"minimum": 2}
        ),
    )
    assert found(problem) == Collision(rules=("department_quota", "group_minimum"))


def test_no_verdict_is_begun_that_could_end_too_late() -> None:
    """What the pins alone tell needs no engine, so it is told all the same."""
    problem = a_pin_too_far()
    conflict = found(problem, seconds=10.0, before=6.0)
    assert conflict == Collision(
        rules=("same_team_apart", "share_limit"), pins=problem.pins, minimal=False
    )


def test_a_programme_that_fails_leaves_the_verdict_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> None:
        raise LinearFailedError("abnormal")

    monkeypatch.setattr(subject, "relax_wide", failing)
    assert not found(a_pin_too_far()).minimal
