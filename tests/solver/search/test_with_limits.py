"""Levels on which a further limit binds; `tests/properties` holds them to every answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from solver.relaxation import relax, side_limits
from solver.relaxation.side_limits import SideGroups
from solver.rule import BoolArray, IntArray
from solver.scoring import columns
from solver.search import decide, with_limits
from solver.search.decide import Decision
from solver.search.search import SearchAnswer
from tests.in_process import solve_here
from tests.mutual_rounds import a_fractional_round, a_mutual_round
from tests.worlds import World


def test_a_limit_that_is_exceeded_by_rounding_alone_is_priced_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GLOP keeps limits to a tolerance. With one below 0, a limit that is just met counts as
    exceeded for ever, and has to be put up with."""
    problem = a_mutual_round(1, people=12)
    right = solve_here(problem)
    monkeypatch.setattr(side_limits, "TOLERANCE", -1e-6)
    found = solve_here(problem)
    assert found.assignments == right.assignments
    assert found.run.solve_status == "optimal"


def test_few_pairs_held_are_enough_where_further_limits_bind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problems = [a_mutual_round(seed, people=14) for seed in range(12)]
    right = [solve_here(problem) for problem in problems]
    monkeypatch.setattr(relax, "HOLD_ALL_BELOW", 0)
    monkeypatch.setattr(columns, "START_COLUMNS", 1)
    monkeypatch.setattr(columns, "ADDED_COLUMNS", 1)
    for problem, result in zip(problems, right, strict=True):
        found = solve_here(problem)
        assert found.assignments == result.assignments
        assert [level.value for level in found.levels] == [level.value for level in result.levels]


def test_a_core_too_small_to_prove_anything_leaves_the_levels_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The answer is still the best that was found, and nothing is claimed for it."""
    problem = a_fractional_round()
    right = solve_here(problem)
    monkeypatch.setattr(decide, "MOST_CORE_PAIRS", 1)
    result = solve_here(problem)
    assert [level.value for level in result.levels] <= [level.value for level in right.levels]
    assert result.run.solve_status == "feasible"


def test_a_group_that_only_cp_sat_breaks_is_put_to_it_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Groups are made active as they are broken; the answer is as if all had been from the
    start. In this round a fractional answer keeps a group that the whole one then breaks."""
    problem = a_mutual_round(4, people=8)
    asked: list[int] = []
    real = with_limits.decide

    def noted(decision: Decision, *others: Any) -> SearchAnswer:
        asked.append(len(decision.active))
        return real(decision, *others)

    monkeypatch.setattr(with_limits, "decide", noted)
    step_by_step = solve_here(problem)
    assert len(World(problem).groups) > asked[-1] > asked[0]
    monkeypatch.setattr(SideGroups, "broken", _all_if_any(SideGroups.broken))
    assert solve_here(problem).assignments == step_by_step.assignments


def _all_if_any(broken: Callable[..., IntArray]) -> Callable[..., IntArray]:
    """Says of every group that it is broken, as soon as one is."""

    def of_all(groups: SideGroups, slacks: IntArray, used: BoolArray) -> IntArray:
        found = broken(groups, slacks, used)
        return np.arange(len(groups)) if len(found) else found

    return of_all
