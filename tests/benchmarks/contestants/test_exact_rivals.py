"""Rivals that are exact state the same question as we do, or comparing would be worth nothing."""

from __future__ import annotations

import time
from importlib import import_module

import pytest

from benchmarks.scored_round import CannotStateError, Choice, ScoredRound
from models.domain.problem import Problem
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.exhaustive import best_answer

PROFESSIONS = ("Policy", "Legal", "Finance")
NUMBERS = range(15)
A_MINUTE = 60
RIVALS = {
    "cp_sat": "decide",
    "highs_mip": "solve_as_mip",
    "linear_sum_assignment": "best_assignment",
    "mentor_match_points": "one_exercise",
    "min_cost_flow": "cheapest_flow",
}
NEEDS = {"linear_sum_assignment": "scipy", "mentor_match_points": "matching.process"}


def a_small_round(number: int, most_wanted: int = 1) -> Problem:
    """Three mentors and four mentees, whose places and professions go by the number."""
    mentors = [
        a_mentor(f"M{m}", capacity=(number + m) % 3, profession=PROFESSIONS[(number // 3 + m) % 3])
        for m in range(3)
    ]
    mentees = [
        a_mentee(
            f"E{e}",
            wants=1 + (number * e) % most_wanted,
            profession=PROFESSIONS[(number // 5 + e * e) % 3],
        )
        for e in range(4)
    ]
    return a_problem(
        *mentors,
        *mentees,
        policy=a_policy("grade_seniority", profession_match={"weight": 15}),
    )


def choice_of(rival: str, problem: Problem) -> Choice:
    if rival in NEEDS:
        pytest.importorskip(NEEDS[rival], reason="its dependency group is not installed")
    program = import_module(f"benchmarks.contestants.{rival}")
    pairs = score_pairs(problem, choose_rules(problem.policy))
    answer = getattr(program, RIVALS[rival])(
        ScoredRound(problem, pairs, time.perf_counter() + A_MINUTE)
    )
    assert isinstance(answer, Choice)
    return answer


def assert_best(choice: Choice, problem: Problem) -> None:
    best = best_answer(problem)
    assert best is not None
    chosen = choice.pairs
    assert (len(set(chosen.mentees.tolist())), chosen.points.sum()) == best.values[:2]
    assert choice.optimal


@pytest.mark.parametrize("rival", RIVALS)
def test_the_rival_finds_the_most_mentees_and_then_points(rival: str) -> None:
    for number in NUMBERS:
        problem = a_small_round(number)
        assert_best(choice_of(rival, problem), problem)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_flow_also_gives_mentees_the_several_mentors_they_want(number: int) -> None:
    problem = a_small_round(number, most_wanted=2)
    assert_best(choice_of("min_cost_flow", problem), problem)


@pytest.mark.parametrize("rival", sorted(RIVALS.keys() - {"min_cost_flow"}))
def test_the_others_refuse_a_mentee_who_wants_several_mentors(rival: str) -> None:
    with pytest.raises(CannotStateError):
        choice_of(rival, a_small_round(1, most_wanted=2))
