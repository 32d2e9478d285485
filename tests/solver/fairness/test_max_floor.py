from __future__ import annotations

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.fairness import max_floor
from solver.fairness.max_floor import MaxFloor
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here

PAIRS = [(Pair(mentor="M1", mentee="E1"), 26_640), (Pair(mentor="M2", mentee="E2"), 6_640)]


def a_round(**fields: object) -> Problem:
    """M1 and E1 are worth most to each other, but then E2 would be worth nothing to M2."""
    return a_problem(
        a_mentor("M1", offers=("law", "data", "policy")),
        a_mentor("M2", offers=("policy",)),
        a_mentee("E1", seeks=("law", "data", "policy")),
        a_mentee("E2", seeks=("law", "drafting")),
        policy=a_policy("grade_seniority", expertise_overlap={"weight": 40}, fairness=MaxFloor()),
        **fields,
    )


@pytest.mark.parametrize(
    ("without", "levels"),
    [
        (("mentees_matched", "points"), ("mentees_matched", "worst_points", "points")),
        (
            ("mentees_matched", "mentors_used", "points"),
            ("mentees_matched", "mentors_used", "worst_points", "points"),
        ),
        (("mentees_matched_1", "points"), ("mentees_matched_1", "worst_points", "points")),
        (
            ("points", "mentees_matched"),
            ("mentees_matched", "worst_points", "points"),
        ),
        (("mentees_matched",), ("mentees_matched", "worst_points")),
    ],
)
def test_the_worst_pair_comes_before_points_and_behind_all_that_stands_before_them(
    without: tuple[str, ...], levels: tuple[str, ...]
) -> None:
    assert MaxFloor().levels(without) == levels


def test_the_worst_pair_is_raised_at_the_cost_of_points() -> None:
    result = solve_here(a_round())
    assert [(pair.mentor, pair.mentee) for pair in result.assignments] == [
        *(("M1", "E2"), ("M2", "E1"))
    ]
    values = {level.name: level.value for level in result.levels}
    assert values["worst_points"] == 6_640
    assert values["points"] == 33_280


def test_a_policys_own_floor_is_never_lowered() -> None:
    policy = a_policy(quality_floor={"points": 10})
    problem = a_problem(policy=policy)
    assert MaxFloor().at_least(problem, 7) == {"quality_floor": {"points": 10}}
    assert MaxFloor().at_least(problem, 12) == {"quality_floor": {"points": 12}}
    assert MaxFloor().at_least(a_problem(), 7) == {"quality_floor": {"points": 7}}


def test_the_value_is_the_fewest_points_and_without_pairs_the_most_there_could_be() -> None:
    problem = a_round()
    rules = choose_rules(problem.policy)
    assert MaxFloor().value_of(problem, rules, PAIRS) == 6_640
    assert MaxFloor().value_of(problem, rules, []) == 40_000


def test_a_pin_keeps_the_floor_down_to_its_own_points() -> None:
    problem = a_round(pins=[("M2", "E2")])
    assert MaxFloor().most(problem, choose_rules(problem.policy), {}) == 0
    result = solve_here(problem)
    assert {level.name: level.value for level in result.levels}["worst_points"] == 0
    assert result.run.solve_status == "optimal"


def test_the_steps_are_the_points_that_pairs_have_and_the_most_there_could_be() -> None:
    problem = a_round()
    steps = MaxFloor().steps(problem, choose_rules(problem.policy), {})
    assert steps == [0, 6_640, 26_640, 40_000]


def test_in_a_huge_round_any_number_is_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(max_floor, "CELLS_UP_TO", 3)
    problem = a_round()
    assert MaxFloor().steps(problem, choose_rules(problem.policy), {}) == range(40_001)
    result = solve_here(problem)
    assert {level.name: level.value for level in result.levels}["worst_points"] == 6_640


def test_who_is_left_with_pairs_below_the_floor_alone_is_told_so() -> None:
    """E2 wants a second mentor, and M3 would be worth nothing to them; in both voices."""
    people = a_round().participants
    more = [
        p.model_copy(update={"mentee": p.learning.model_copy(update={"wants": 2})})
        for p in people
        if p.reference == "E2"
    ]
    others = [p for p in people if p.reference != "E2"]
    problem = a_problem(*others, *more, a_mentor("M3"), policy=a_round().policy)
    for over_arrays in (False, True):
        result = solve_here(problem, over_arrays)
        (mentor,) = result.unmatched
        assert (mentor.reference, mentor.reason) == ("M3", "below_quality_floor")
        assert mentor.because.endswith("0 left after quality floor; 2 without quality floor")
        (mentee,) = result.short
        assert (mentee.reason, mentee.because) == (
            *("below_quality_floor", "paired with every eligible mentor (1)"),
        )
