"""Intervals on rounds where they can be worked out by hand; see also the property test."""

from __future__ import annotations

from typing import Any

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from scenarios.weights.stability import NotOptimalError, Stabilities
from solver.fairness.max_floor import MaxFloor
from solver.fairness.stable import Stable
from solver.questions.changed_rounds import weighable
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here


def a_choice(**policy: Any) -> Problem:
    """M1 has one place: E1 shares the profession, E2 the home region; 30 against 20 points."""
    return a_problem(
        a_mentor("M1", profession="Policy", home_region="Wales"),
        a_mentee("E1", profession="Policy"),
        a_mentee("E2", home_region="Wales"),
        policy=a_policy(profession_match={"weight": 30}, shared_region={"weight": 20}, **policy),
    )


def interval(found: Stabilities, problem: Problem, name: str) -> tuple[int, int, bool]:
    told = found.of(weighable(problem)[name])
    return told.least, told.most, told.proved


def asking(problem: Problem, result: MatchResult | None = None) -> Stabilities:
    return Stabilities(problem, result or solve_here(problem), solve_here)


def test_an_edge_is_where_both_answers_are_equal() -> None:
    problem = a_choice()
    assert interval(asking(problem), problem, "profession_match") == (20, 100, True)
    assert interval(asking(problem), problem, "shared_region") == (0, 30, True)


def test_a_weight_that_no_pair_is_worth_anything_for_is_not_solved_for() -> None:
    problem = a_choice()
    found = asking(problem)
    assert interval(found, problem, "keep_pairs") == (0, 100, True)
    assert found.some([]).solves == 0


def test_the_shares_add_up_to_the_answer_s_points() -> None:
    stability = asking(a_choice()).all_weights()
    assert stability.points == sum(one.points for one in stability.weights) == 30_000
    shares = {one.rule: one.points for one in stability.weights}
    assert (shares["profession_match"], shares["shared_region"]) == (30_000, 0)


def test_below_a_floor_of_points_the_answer_ends() -> None:
    """Nothing is convex there: the pair is not eligible any more at a weight of 24."""
    problem = a_choice(quality_floor={"points": 25_000})
    assert interval(asking(problem), problem, "profession_match") == (25, 100, True)


def test_under_a_mode_whose_level_is_points_the_weights_are_tried() -> None:
    problem = a_choice(fairness=MaxFloor())
    assert interval(asking(problem), problem, "profession_match") == (20, 100, True)


def test_where_no_pair_may_block_nothing_is_claimed() -> None:
    problem = a_choice(fairness=Stable())
    assert interval(asking(problem), problem, "profession_match") == (30, 30, False)


def test_what_is_not_solved_in_time_is_left_open() -> None:
    problem = a_choice()

    def unproved(asked: Problem) -> MatchResult:
        result = solve_here(asked)
        levels = [level.model_copy(update={"proved": False}) for level in result.levels]
        return result.model_copy(update={"levels": tuple(levels)})

    found = Stabilities(problem, solve_here(problem), unproved)
    assert interval(found, problem, "profession_match") == (30, 30, False)
    with pytest.raises(NotOptimalError):
        Stabilities(problem, unproved(problem), unproved)
