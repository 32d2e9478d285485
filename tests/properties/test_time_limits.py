"""A time limit leaves a valid answer, no worse than the greedy one, with a true bound, in time."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.time_limits import SPARE_SECONDS, a_problem, greedy_values, try_limit
from models.domain.problem import Problem
from solver.limits import Limits
from solver.solve import solve_matching

SMALL, MIDDLING, LARGE, HUGE = (215, 285), (900, 1_100), (3_000, 4_000), (9_000, 12_000)
TIMES_AS_LONG = 5
CASES = [
    *((limit, size) for limit in (1.0, 2.0, 5.0, 10.0) for size in (SMALL, MIDDLING, LARGE)),
    *((limit, HUGE) for limit in (1.0, 10.0)),
]


@cache
def a_round(size: tuple[int, int], side_rules: bool) -> Problem:
    return a_problem(size, 1, side_rules)


@cache
def optimum(size: tuple[int, int], side_rules: bool) -> tuple[int, ...]:
    """Of a round that is a network; of any other there is none to compare with in time."""
    result = solve_matching(a_round(size, side_rules), Limits(seconds=300))
    assert result.run.solve_status == "optimal"
    return tuple(level.value for level in result.levels)


@cache
def greedy(size: tuple[int, int], side_rules: bool) -> tuple[int, ...]:
    return greedy_values(a_round(size, side_rules))


@pytest.mark.slow
@pytest.mark.parametrize("side_rules", [False, True])
@pytest.mark.parametrize(("limit", "size"), CASES)
def test_a_limit_is_kept_by_an_answer_that_is_worth_something(
    limit: float, size: tuple[int, int], side_rules: bool
) -> None:
    """The audit of every answer is part of the solve: one that it rejects would raise.

    How closely a limit is kept is measured by `benchmarks.time_limits`, alone on its machine; here
    others keep it busy, and only a search that does not end at all is seen.
    """
    of_greedy = greedy(size, side_rules)
    trial = try_limit(a_round(size, side_rules), size, limit, of_greedy)
    values = tuple(level.value for level in trial.levels)
    assert values >= of_greedy
    assert all(level.value <= level.bound for level in trial.levels)
    if not side_rules:
        best = optimum(size, side_rules)
        assert trial.levels[0].bound >= best[0]
        assert values <= best
    assert trial.seconds <= TIMES_AS_LONG * (limit + SPARE_SECONDS)
