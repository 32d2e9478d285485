from __future__ import annotations

import pytest
from hypothesis import given, settings

from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.rulebook import choose_rules
from solver.scoring import largest
from solver.scoring.largest import largest_points
from tests.builders import a_mentee, a_mentor, a_problem
from tests.strategies import small_rounds


@settings(max_examples=200, deadline=None, derandomize=True)
@given(problem=small_rounds())
def test_it_is_the_most_points_of_any_candidate_pair(problem: Problem) -> None:
    points = [points for _, _, points in candidate_pairs(problem, choose_rules(problem.policy))]
    assert largest_points(problem) == max(points, default=0)


def test_only_the_last_rounds_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(largest, "_known", largest.OrderedDict())
    for number in range(largest.REMEMBERED + 1):
        offers = ("law",) if number % 2 else ()
        mentor = a_mentor(f"M{number}", offers=offers)
        found = largest_points(a_problem(mentor, a_mentee(seeks=("law",))))
        assert found == (40_000 if number % 2 else 0)
    assert len(largest._known) == largest.REMEMBERED
