"""HiGHS on a shell, rewritten in reduced gains."""

from __future__ import annotations

import pytest

from models.domain.problem import Problem
from solver.levels import LEVELS
from solver.search.clock import Clock
from solver.search.close_gap import PROVING_GAP, keeps_limits, lowest_value, value_of
from solver.search.gap_shell import Finish, finish
from tests.exhaustive import best_answer
from tests.limited_rounds import a_limited_round
from tests.wide_rounds import a_wide_round, relaxed


def finished(problem: Problem, width: int | None = None, seconds: float = 60.0) -> Finish | None:
    """The first level of a round, over all its pairs; by default nothing is too wide."""
    wide = a_wide_round(problem)
    level = LEVELS[problem.policy.levels[0]]
    prices = relaxed(wide, level.name)
    (every,) = wide.blocks
    complete = max(1, prices.bound - lowest_value(wide, level) + 1)
    return finish(wide, prices, every, width or complete, Clock(seconds), PROVING_GAP)


@pytest.mark.parametrize("first", range(0, 120, 30))
def test_an_answer_in_a_shell_that_is_wide_enough_is_the_optimum(first: int) -> None:
    """And keeps every limit, whichever of them has a price: a slack is as long as its group has
    room, and no longer for a price that is small."""
    for seed in range(first, first + 30):
        problem = a_limited_round(seed, most_people=4)
        best, found = best_answer(problem), finished(problem)
        assert (found is None) == (best is None), seed
        if found and best:
            wide = a_wide_round(problem)
            assert keeps_limits(wide, found.pairs), seed
            level = LEVELS[problem.policy.levels[0]]
            assert (value_of(wide, level, found.pairs), found.optimal) == (best.values[0], True)


def test_in_a_narrow_shell_no_answer_loses_more_in_any_place() -> None:
    """What it finds at all is an answer, and never a better one than in a wide shell."""
    for seed in range(40):
        problem = a_limited_round(seed)
        narrow, wide_one = finished(problem, width=1), finished(problem)
        if narrow is not None:
            assert wide_one is not None
            wide, level = a_wide_round(problem), LEVELS[problem.policy.levels[0]]
            assert keeps_limits(wide, narrow.pairs), seed
            found = value_of(wide, level, narrow.pairs)
            assert found <= value_of(wide, level, wide_one.pairs), seed


def test_the_clock_is_told_that_time_ran_out() -> None:
    wide = a_wide_round(a_limited_round(212))
    prices = relaxed(wide, "mentees_matched")
    clock = Clock(0.0)
    (every,) = wide.blocks
    assert finish(wide, prices, every, 10, clock, PROVING_GAP) is None
    assert clock.stop_reason == "time_limit"


def test_a_search_that_begins_with_an_answer_finds_none_worse() -> None:
    """Whatever is known of the answer's places and slacks is handed over as it is."""
    begun = 0
    for seed in range(60):
        problem = a_limited_round(seed, most_people=5)
        found = finished(problem)
        if found is None:
            continue
        wide, level = a_wide_round(problem), LEVELS[problem.policy.levels[0]]
        prices = relaxed(wide, level.name)
        (every,) = wide.blocks
        complete = max(1, prices.bound - lowest_value(wide, level) + 1)
        again = finish(wide, prices, every, complete, Clock(60.0), PROVING_GAP, known=found.pairs)
        assert again is not None
        assert value_of(wide, level, again.pairs) == value_of(wide, level, found.pairs), seed
        begun += 1
    assert begun > 30
