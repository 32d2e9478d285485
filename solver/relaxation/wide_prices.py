"""Prices over every pair of a large round with further limits, held or not.

Whatever the prices, the bound that follows from them is exact, and it is convex in them: what
lies between two prices is often sharper by far than either of them, because each optimum of a
programme over a few pairs is but one of many for the pairs that it does not see.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from models.domain.certificate import Prices
from models.domain.problem import Problem
from solver.levels import Level
from solver.relaxation.answer import named_prices
from solver.relaxation.group_prices import GroupPrices
from solver.relaxation.linear import SCALES, LinearRound, pair_reduced, segment_reduced
from solver.relaxation.proof import OwnPrices
from solver.relaxation.side_limits import GroupKey
from solver.relaxation.wide_round import KeptLevels, WideRound
from solver.rule import FULL_VALUE, IntArray
from solver.scoring.candidates import KnownPairs
from solver.scoring.columns import ADDED_COLUMNS, best_for_both
from solver.scoring.scoreboard import CandidatePairs, joined

NEARLY = 2 * FULL_VALUE
"""Where any pair gains, pairs that lose no more than this are taken in as well: the next
prices are others, and under them it is these that would gain."""


@dataclass(frozen=True)
class WidePrices:
    """A level's prices over all pairs: of nodes and earlier levels, and of groups by key.

    `names` holds rule and label of the groups that cost anything; `bound` is what no answer
    exceeds that keeps the earlier levels' values.
    """

    level: Level
    own: OwnPrices
    groups: dict[GroupKey, int]
    names: dict[GroupKey, tuple[str, str]]
    rows: KeptLevels
    bound: int

    def published(self, problem: Problem) -> Prices:
        """The prices as a certificate publishes them."""
        limits: dict[str, dict[str, int]] = {}
        for key, price in self.groups.items():
            rule, label = self.names[key]
            limits.setdefault(rule, {})[label] = price
        update = {"limits": limits, "earlier": dict(self.own.earlier), "scale": self.own.scale}
        return named_prices(problem, self.own.nodes).model_copy(update=update)

    def along(self, given: LinearRound) -> OwnPrices:
        """The same prices with those of the groups along a programme's groups."""
        groups = [self.groups.get(key, 0) for key in given.groups.keys]
        return replace(self.own, groups=np.array(groups, dtype=np.int64))


def priced(
    wide: WideRound, level: Level, kept: KeptLevels, given: LinearRound, own: OwnPrices
) -> tuple[WidePrices, CandidatePairs]:
    """The prices with the bound they prove, and the pairs not held that gain most under them.

    `own` are prices of a programme over the pairs held, `given`.
    """
    sized = {
        key: (price, name)
        for key, price, name in zip(
            given.groups.keys, own.groups.tolist(), given.groups.names, strict=True
        )
        if price
    }
    prices = WidePrices(
        level=level,
        own=replace(own, groups=np.zeros(0, dtype=np.int64)),
        groups={key: price for key, (price, _) in sized.items()},
        names={key: name for key, (_, name) in sized.items()},
        rows=kept,
        bound=0,
    )
    costs = GroupPrices(wide.limits, prices.groups, wide.network.mentors)
    held = KnownPairs(wide.pairs, wide.network.mentees)
    total, gains, found = 0, False, list[CandidatePairs]()
    for block in wide.blocks:
        reduced = _reduced(wide, prices, block, costs)
        total += int(reduced[reduced > 0].sum())
        near = np.flatnonzero(reduced > -NEARLY * own.scale)
        near = near[held.lacks(block.where(near))]
        # Less than a unit is rounding: it is counted, but not worth another round.
        gains |= bool((reduced[near] >= own.scale).any())
        some = block.where(near)
        found.append(some.where(best_for_both(some, reduced[near], ADDED_COLUMNS)))
    bound = (total + _fixed(wide, given, own)) // own.scale
    return replace(prices, bound=bound), joined(*found) if gains else joined()


def between(given: LinearRound, one: WidePrices, other: WidePrices, part: float) -> OwnPrices:
    """Prices on the way from one to another, so far as `part` says, along a programme's groups."""
    scale = SCALES[-1]
    ends = [prices.along(given) for prices in (one, other)]
    shares = [(1 - part) * scale / ends[0].scale, part * scale / ends[1].scale]

    def mixed(first: IntArray, second: IntArray) -> IntArray:
        return np.rint(shares[0] * first + shares[1] * second).astype(np.int64)

    earlier = {
        level.name: round(
            sum(k * end.earlier.get(level.name, 0) for k, end in zip(shares, ends, strict=True))
        )
        for level, _ in one.rows
    }
    return OwnPrices(
        nodes=mixed(ends[0].nodes, ends[1].nodes),
        groups=mixed(ends[0].groups, ends[1].groups),
        scale=scale,
        earlier={name: price for name, price in earlier.items() if price},
    )


def reduced_gains(wide: WideRound, prices: WidePrices, pairs: CandidatePairs) -> IntArray:
    """The reduced gains of any pairs, in units of `1 / scale`."""
    costs = GroupPrices(wide.limits, prices.groups, wide.network.mentors)
    return _reduced(wide, prices, pairs, costs)


def _reduced(
    wide: WideRound, prices: WidePrices, pairs: CandidatePairs, costs: GroupPrices
) -> IntArray:
    own = prices.own
    reduced = own.scale * wide.gains(prices.level, pairs) - costs.cost_of(pairs)
    reduced -= own.nodes[pairs.mentees]
    reduced -= own.nodes[wide.network.mentees :][pairs.mentors]
    for kept, _ in prices.rows:
        size = own.earlier.get(kept.name, 0)
        if size and kept.largest_pair_gain(1):
            reduced += size * wide.gains(kept, pairs)
    return reduced


def _fixed(wide: WideRound, given: LinearRound, own: OwnPrices) -> int:
    """What places, groups, earlier levels and pins add to the bound: all but gaining pairs."""
    reduced = segment_reduced(given, own)
    total = int(wide.network.segments.capacity @ np.maximum(reduced, 0))
    groups = given.groups
    at = np.where(own.groups > 0, groups.most, groups.least)
    total += int(own.groups @ at)
    total -= sum(own.earlier.get(row.name, 0) * row.value for row in given.rows)
    pinned = given.face.state > 0
    total += int(np.minimum(pair_reduced(given, own)[pinned], 0).sum())
    return total
