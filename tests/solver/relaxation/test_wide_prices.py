"""Prices over all pairs, and what lies between two of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from solver.levels import LEVELS
from solver.relaxation.linear import LinearRound, relax_held
from solver.relaxation.wide_prices import WidePrices, between, priced
from solver.relaxation.wide_round import WideRound
from tests.exhaustive import best_answer
from tests.limited_rounds import a_limited_round
from tests.wide_rounds import a_wide_round

SEEDS = range(60)


def two_prices(seed: int) -> tuple[WideRound, LinearRound, WidePrices, WidePrices]:
    """The first level's prices over three pairs, and over all: at least one of them is poor."""
    wide = a_wide_round(a_limited_round(seed, most_people=5), most_held=3)
    level = LEVELS[wide.problem.policy.levels[0]]
    few = wide.elastic(level, ())
    answer = relax_held(few, np.ones(len(wide.pairs), dtype=np.bool_))
    one, _ = priced(wide, level, (), few, answer.prices)
    full = a_wide_round(wide.problem)
    full.known = list(few.groups.keys)
    every = full.elastic(level, ())
    answer = relax_held(every, np.ones(len(full.pairs), dtype=np.bool_))
    other, _ = priced(full, level, (), every, answer.prices)
    return full, every, one, other


def mixes(part: float) -> Iterator[tuple[int, WidePrices, WidePrices, WidePrices]]:
    for seed in SEEDS:
        wide, given, one, other = two_prices(seed)
        mixed, _ = priced(wide, one.level, (), given, between(given, one, other, part))
        yield seed, one, mixed, other


@pytest.mark.parametrize("part", [0.25, 2 / 3])
def test_a_bound_between_two_is_no_looser_than_the_looser_and_is_true(part: float) -> None:
    """But for what rounding to whole parts of a unit may add."""
    sharper = 0
    for seed, one, mixed, other in mixes(part):
        assert mixed.bound <= max(one.bound, other.bound) + 1, seed
        best = best_answer(a_limited_round(seed, most_people=5))
        if best is not None:
            assert mixed.bound >= best.values[0], seed
        sharper += mixed.bound < max(one.bound, other.bound)
    assert sharper > 5


def test_the_ends_are_the_prices_themselves() -> None:
    for seed, one, mixed, _ in mixes(0.0):
        assert abs(mixed.bound - one.bound) <= 1, seed
    for seed, _, mixed, other in mixes(1.0):
        assert abs(mixed.bound - other.bound) <= 1, seed
