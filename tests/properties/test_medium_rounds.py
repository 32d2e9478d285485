"""Rounds of some tens of people agree with HiGHS on all pairs, level by level, either way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.domain.problem import Problem
from solver.search.first_answer import NoAnswerError
from tests.in_process import solve_here
from tests.limited_rounds import a_limited_round
from tests.medium_rounds import a_medium_round
from tests.plain_mip import PlainProgramme
from tests.wide_rounds import solve_as_large

CHUNK = 10


def realistic(seed: int) -> Problem:
    """From 30 people to 120, made up like large rounds."""
    return a_medium_round(seed, most_people=60)


def crowded(seed: int) -> Problem:
    """Up to 24 on either side, of whom nearly any two may be paired."""
    return a_limited_round(seed, most_people=24)


FEW = [(realistic, range(5)), (crowded, range(5))]
MANY = [
    *((realistic, range(first, first + CHUNK)) for first in range(0, 200, CHUNK)),
    *((crowded, range(first, first + CHUNK)) for first in range(0, 100, CHUNK)),
]


@pytest.mark.parametrize(("make", "seeds"), FEW)
def test_medium_rounds_agree(
    make: Callable[[int], Problem], seeds: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    _assert_agree(make, seeds, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize(("make", "seeds"), MANY)
def test_three_hundred_medium_rounds_agree(
    make: Callable[[int], Problem], seeds: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    _assert_agree(make, seeds, monkeypatch)


def _assert_agree(
    make: Callable[[int], Problem], seeds: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In feasibility, and in the value of each level but the tie rule; all are proved."""
    for seed in seeds:
        problem = make(seed)
        levels = len(problem.policy.levels) - 1
        optimum = PlainProgramme(problem).best_values(levels)
        assert _values(problem, levels) == optimum, seed
        with monkeypatch.context() as large:
            solve_as_large(large)
            assert _values(problem, levels) == optimum, seed


def _values(problem: Problem, levels: int) -> tuple[int, ...] | None:
    """What the search proves; None where it finds that there is no answer."""
    try:
        result = solve_here(problem)
    except NoAnswerError:
        return None
    assert result.run.solve_status == "optimal"
    return tuple(level.value for level in result.levels[:levels])
