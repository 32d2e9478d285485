from __future__ import annotations

from collections.abc import Mapping

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import FunnelStep, Role, Unmatched
from solver.answers.unmatched import Leftovers
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


def left(
    problem: Problem,
    role: Role,
    options: Mapping[str, int],
    *made: tuple[str, str],
    proved: bool = True,
) -> list[Unmatched]:
    pairs = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in made]
    return Leftovers(problem, choose_rules(problem.policy), pairs, proved).among(role, options)


def test_nobody_is_left_where_everybody_has_what_they_want() -> None:
    problem = a_problem()
    assert left(problem, "mentee", {"E1": 1}, ("M1", "E1")) == []
    assert left(problem, "mentor", {"M1": 1}, ("M1", "E1")) == []


def test_a_mentor_with_one_of_two_places_filled_is_not_left_over() -> None:
    problem = a_problem(a_mentor(capacity=2), a_mentee())
    assert left(problem, "mentor", {"M1": 1}, ("M1", "E1")) == []


def test_those_with_no_place_to_give_or_no_wish_are_not_left_over() -> None:
    problem = a_problem(a_mentor(capacity=0), a_mentee(wants=0))
    assert left(problem, "mentor", {}) == left(problem, "mentee", {}) == []


def test_without_any_option_the_funnel_says_which_rules_took_them_away() -> None:
    """Of three mentors one is too junior, one has no region; nobody is left."""
    problem = a_problem(
        a_mentor("M1", grade="AA", regions=("Wales",)),
        a_mentor("M2"),
        a_mentor("M3", grade="AA"),
        a_mentee("E1", regions=("Wales",)),
        policy=a_policy("grade_seniority", "travel_region"),
    )
    (one,) = left(problem, "mentee", {})
    assert (one.reference, one.role, one.reason) == ("E1", "mentee", "no_eligible_mentor")
    assert (one.got, one.wanted) == (0, 1)
    assert one.funnel == (
        FunnelStep(rule="different_person", left=3, back_without=0),
        FunnelStep(rule="grade_seniority", left=1, back_without=1),
        FunnelStep(rule="travel_region", left=0, back_without=1),
    )
    assert one.because == (
        "of 3 mentors, 1 left after grade seniority, 0 left after travel region; "
        "1 without grade seniority or 1 without travel region"
    )


def test_a_mentor_has_a_funnel_over_the_mentees() -> None:
    problem = a_problem(a_mentor("M1", grade="AA"), a_mentee("E1"))
    (one,) = left(problem, "mentor", {})
    assert one.reason == "no_eligible_mentee"
    assert one.because == "of 1 mentee, 0 left after grade seniority; 1 without grade seniority"


def test_a_floor_on_points_is_the_last_step_of_the_funnel() -> None:
    policy = a_policy(quality_floor={"points": 1}, expertise_overlap={"weight": 1})
    (one,) = left(a_problem(policy=policy), "mentee", {})
    assert one.funnel[-1] == FunnelStep(rule="quality_floor", left=0, back_without=1)


def test_where_two_rules_each_take_everybody_nothing_brings_anybody_back() -> None:
    problem = a_problem(
        a_mentor("M1", grade="AA"),
        a_mentee("E1"),
        policy=a_policy("grade_seniority", "travel_region"),
    )
    (one,) = left(problem, "mentee", {})
    assert one.because == "of 1 mentor, 0 left after grade seniority"


@pytest.mark.parametrize(
    ("role", "reference", "because"),
    [
        ("mentee", "E1", "there is no mentor in this round"),
        ("mentor", "M1", "there is no mentee in this round"),
    ],
)
def test_in_a_round_without_the_other_side_there_is_no_funnel(
    role: Role, reference: str, because: str
) -> None:
    problem = a_problem(a_mentee("E1") if role == "mentee" else a_mentor("M1"))
    (one,) = left(problem, role, {})
    assert (one.reference, one.because, one.funnel) == (reference, because, ())


def test_contention_is_named_only_where_the_answer_is_proved() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2"))
    options = {"E1": 1, "E2": 1}
    (one,) = left(problem, "mentee", options, ("M1", "E1"))
    assert (one.reference, one.reason) == ("E2", "contention")
    assert one.because.startswith("1 eligible mentor, ")
    (one,) = left(problem, "mentee", options, ("M1", "E1"), proved=False)
    assert one.reason == "time_limit"


def test_a_mentor_nobody_was_given_to_hears_of_contention_too() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"))
    (one,) = left(problem, "mentor", {"M1": 1, "M2": 1_200}, ("M1", "E1"))
    assert (one.reference, one.reason) == ("M2", "contention")
    assert one.because.startswith("1,200 eligible mentees, ")


def test_somebody_paired_with_all_of_too_few_options_has_no_more_to_get() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1", wants=3))
    (one,) = left(problem, "mentee", {"E1": 1}, ("M1", "E1"))
    assert (one.reason, one.got, one.wanted) == ("no_eligible_mentor", 1, 3)
    assert one.because == "paired with every eligible mentor (1)"


def test_those_left_over_are_listed_by_reference() -> None:
    problem = a_problem(*(a_mentee(f"E{n}") for n in range(9, 0, -1)), a_mentor("M1", grade="AA"))
    found = left(problem, "mentee", {})
    assert [one.reference for one in found] == [f"E{n}" for n in range(1, 10)]
