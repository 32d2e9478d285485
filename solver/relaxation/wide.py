"""The relaxation of a large round with further limits: few pairs held, every pair priced.

A linear programme over the pairs held gives prices; under them every candidate pair has a
reduced gain. Pairs that gain are taken in and so are limits that the fractional answer
breaks, until neither is left. Whatever the prices, the bound that follows from them over all
pairs is exact, so it may be read off at any time.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solver.levels import Level
from solver.relaxation.linear import relax_held
from solver.relaxation.wide_prices import WidePrices, between, priced
from solver.relaxation.wide_round import KeptLevels, WideRound

MOST_ROUNDS = 12
"""A level is priced so often at most; a bound is at hand after the first."""

SHARP = 1e-5
"""A bound that is so near to the programme's own value is sharp enough, and limits that move
the value no further than about that are left to the finish."""

TOWARDS_THE_LAST = 2 / 3
"""Prices are tried so far on the way from the best so far to those of the last programme."""


def relax_wide(
    wide: WideRound,
    level: Level,
    kept: KeptLevels,
    out_of_time: Callable[[], bool],
    to_the_end: bool,
    lowest: int | None = None,
) -> WidePrices:
    """The level's best prices over all pairs, or the best so far when time is over.

    Unless `to_the_end`, limits that the fractional answer breaks are left for the next level
    to take in: they seldom lower this one's bound. A bound below the `lowest` value that any
    answer has ends it: there is none.
    """
    best: WidePrices | None = None
    before = np.inf
    for _ in range(MOST_ROUNDS):
        given = wide.elastic(level, kept)
        answer = relax_held(given, np.ones(len(wide.pairs), dtype=np.bool_))
        last, more = priced(wide, level, kept, given, answer.prices)
        tried = [last]
        if best is not None:
            mixed = between(given, best, last, TOWARDS_THE_LAST)
            tried += [priced(wide, level, kept, given, mixed)[0], best]
        best = min(tried, key=lambda prices: prices.bound)
        if lowest is not None and best.bound < lowest:
            break
        broken = wide.broken(answer.shares) if to_the_end else []
        near = SHARP * abs(answer.value)
        settled = not broken or abs(before - answer.value) <= 2 * near
        if (settled and best.bound - answer.value <= near) or out_of_time():
            break
        if not len(more) and not broken:
            break
        before = answer.value
        wide.known = [*given.groups.keys, *broken]
        wide.hold(more)
    assert best is not None  # noqa: S101  the loop runs at least once
    return best
