"""The floor states the same question as we do, or the comparison would be worth nothing."""

from __future__ import annotations

import pytest

from benchmarks.contestants.min_cost_flow import cheapest_flow
from models.domain.problem import Problem
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.exhaustive import best_answer

PROFESSIONS = ("Policy", "Legal", "Finance")


def a_small_round(number: int) -> Problem:
    """Three mentors and four mentees, whose places and professions go by the number."""
    mentors = [
        a_mentor(f"M{m}", capacity=(number + m) % 3, profession=PROFESSIONS[(number // 3 + m) % 3])
        for m in range(3)
    ]
    mentees = [
        a_mentee(
            f"E{e}", wants=1 + (number * e) % 2, profession=PROFESSIONS[(number // 5 + e * e) % 3]
        )
        for e in range(4)
    ]
    return a_problem(
        *mentors,
        *mentees,
        policy=a_policy("grade_seniority", profession_match={"weight": 15}),
    )


@pytest.mark.parametrize("number", range(20))
def test_the_flow_alone_finds_the_best_mentees_and_points(number: int) -> None:
    problem = a_small_round(number)
    chosen = cheapest_flow(problem, score_pairs(problem, choose_rules(problem.policy)))
    best = best_answer(problem)
    assert best is not None
    assert (len(set(chosen.mentees.tolist())), chosen.points.sum()) == best.values[:2]
