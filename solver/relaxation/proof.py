"""From the prices of each level on its face to prices that prove the level's bound outright.

On a face the prices say nothing of the arcs that earlier levels settled. Adding the earlier
level's own prices M times makes up for that: with
    R[k] = r[k] + M[k] x R[k-1]
for the reduced gains r[k] of level k's own prices, every arc that an earlier level settled
keeps its sign once M[k] is large enough, and the smallest such M[k] is a maximum over the
arcs. Then  sum(capacity x max(0, R[k])) - sum(multiplier x earlier value)  is exactly the
level's value, and anybody can add it up.
"""

from __future__ import annotations

import numpy as np

from models.domain.certificate import Prices
from models.domain.problem import Problem
from solver.levels import Level
from solver.relaxation.answer import named_prices
from solver.relaxation.network import Network
from solver.rule import IntArray
from solver.scoring.scoreboard import CandidatePairs

LARGEST_PRODUCT = 1 << 61


class PriceTooLargeError(RuntimeError):
    """The combined prices would leave 64 bits; the level cannot be certified this way."""


class Proof:
    """The combined prices so far; one call of `add_level` for each level, in order."""

    def __init__(self, problem: Problem, network: Network, pairs: CandidatePairs) -> None:
        self._problem = problem
        self._network = network
        self._pairs = pairs
        self._pair_reduced = np.zeros(len(pairs), dtype=np.int64)
        self._segment_reduced = np.zeros(len(network.segments.node), dtype=np.int64)
        self._prices = np.zeros(network.nodes, dtype=np.int64)
        self._multipliers: dict[str, int] = {}

    def add_level(self, level: Level, prices: IntArray) -> Prices:
        """The combined prices of the next level, from its own prices on its face."""
        segments = self._network.segments
        segment_own = segments.gains[level.name] + prices[segments.node]
        least, most = self._own_reduced(level, prices)
        factor = max(
            _smallest_factor(self._pair_reduced, least, most),
            _smallest_factor(self._segment_reduced, segment_own, segment_own),
        )
        self._pair_reduced = most + _times(factor, self._pair_reduced)
        self._segment_reduced = segment_own + _times(factor, self._segment_reduced)
        self._prices = prices + _times(factor, self._prices)
        multipliers = {name: factor * size for name, size in self._multipliers.items()}
        published = named_prices(self._problem, self._prices, multipliers)
        self._multipliers = {**multipliers, level.name: 1}
        return published

    def _own_reduced(self, level: Level, prices: IntArray) -> tuple[IntArray, IntArray]:
        """Lower and upper ends of the pairs' own reduced gains; equal on the present face.

        Where a gain is dear to work out, pairs off the face make do with its range.
        """
        pairs, problem = self._pairs, self._problem
        cost = prices[pairs.mentees] + prices[pairs.mentors + np.int32(self._network.mentees)]
        if level.most_pair_gain is None:
            gains = level.pair_gains(problem, pairs.mentors, pairs.mentees, pairs.points)
            return gains - cost, gains - cost
        least = np.zeros(len(pairs), dtype=np.int64)
        most = np.full(len(pairs), level.most_pair_gain, dtype=np.int64)
        open_still = np.flatnonzero(self._pair_reduced == 0)
        face = pairs.where(open_still)
        exact = level.pair_gains(problem, face.mentors, face.mentees, face.points)
        least[open_still] = most[open_still] = exact
        return least - cost, most - cost


def _smallest_factor(settled: IntArray, least: IntArray, most: IntArray) -> int:
    """The smallest factor under which every settled arc keeps its sign, and stays settled."""
    below, above = settled < 0, settled > 0
    against = np.concatenate([most[below] // -settled[below], -least[above] // settled[above]])
    return int(against.max()) + 1 if len(against) and against.max() > 0 else int(len(against) > 0)


def _times(factor: int, values: IntArray) -> IntArray:
    largest = int(np.abs(values).max(initial=0))
    if factor * largest > LARGEST_PRODUCT:
        raise PriceTooLargeError(f"{factor} x {largest}")
    product: IntArray = factor * values
    return product
