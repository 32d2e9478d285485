"""From the prices of each level on its face to prices that prove the level's bound outright.

On a face the prices say nothing of the arcs that earlier levels settled. Adding the earlier
level's own prices M times makes up for that: with
    R[k] = r[k] + M[k] x R[k-1]
for the reduced gains r[k] of level k's own prices, every arc that an earlier level settled
keeps its sign once M[k] is large enough, and the smallest such M[k] is a maximum over the
arcs. The combined prices go into the certificate, where anybody can add up what they prove.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from models.domain.certificate import Prices
from models.domain.problem import Problem
from solver.levels import Level
from solver.relaxation.answer import named_prices
from solver.relaxation.network import Network
from solver.relaxation.side_limits import SideGroups
from solver.rule import IntArray
from solver.scoring.scoreboard import CandidatePairs

LARGEST_PRODUCT = 1 << 61


@dataclass(frozen=True)
class OwnPrices:
    """A level's prices on its face, in units of `1 / scale`.

    `nodes` come mentees first, `groups` along the side groups; `earlier` is what one unit of
    an earlier level is worth where that level holds its value by a row of its own.
    """

    nodes: IntArray
    groups: IntArray
    scale: int = 1
    earlier: Mapping[str, int] = field(default_factory=dict)


class PriceTooLargeError(RuntimeError):
    """The combined prices would leave 64 bits; the level cannot be certified this way."""


class Proof:
    """The combined prices so far; one call of `add_level` for each level, in order."""

    def __init__(
        self,
        problem: Problem,
        network: Network,
        pairs: CandidatePairs,
        groups: SideGroups,
        levels: Mapping[str, Level],
    ) -> None:
        self._problem = problem
        self._network = network
        self._pairs = pairs
        self._groups = groups
        self._levels = levels
        self._pair_reduced = np.zeros(len(pairs), dtype=np.int64)
        self._segment_reduced = np.zeros(len(network.segments.node), dtype=np.int64)
        self._node_prices = np.zeros(network.nodes, dtype=np.int64)
        self._group_prices = np.zeros(len(groups), dtype=np.int64)
        self._multipliers: dict[str, int] = {}

    def add_level(self, level: Level, own: OwnPrices) -> Prices:
        """The combined prices of the next level, from its own prices on its face."""
        segments = self._own_segments(level, own)
        least, most = self._own_pairs(level, own)
        factor = max(
            _smallest_factor(self._pair_reduced, least, most),
            _smallest_factor(self._segment_reduced, segments, segments),
            _smallest_factor(-self._group_prices, -own.groups, -own.groups),
        )
        self._pair_reduced = most + _times(factor, self._pair_reduced)
        self._segment_reduced = segments + _times(factor, self._segment_reduced)
        self._node_prices = own.nodes + _times(factor, self._node_prices)
        self._group_prices = own.groups + _times(factor, self._group_prices)
        self._multipliers = {
            name: factor * size + own.earlier.get(name, 0)
            for name, size in self._multipliers.items()
        }
        published = self._published(own.scale)
        self._multipliers[level.name] = own.scale
        return published

    def _own_segments(self, level: Level, own: OwnPrices) -> IntArray:
        segments = self._network.segments
        gains = own.scale * segments.gains[level.name]
        for name, size in own.earlier.items():
            gains = gains + size * segments.gains[name]
        return gains + own.nodes[segments.node]

    def _own_pairs(self, level: Level, own: OwnPrices) -> tuple[IntArray, IntArray]:
        """Lower and upper ends of the pairs' own reduced gains; equal on the present face.

        Where a gain is dear to work out, pairs off the face make do with its range.
        """
        pairs = self._pairs
        base = -own.nodes[pairs.mentees]
        base -= own.nodes[pairs.mentors + np.int32(self._network.mentees)]
        if own.groups.any():
            base -= self._groups.cost_of_pairs(own.groups, len(pairs))
        for name, size in own.earlier.items():
            base += size * self._gains(self._levels[name], np.arange(len(pairs)))
        if level.most_pair_gain is None:
            base += own.scale * self._gains(level, np.arange(len(pairs)))
            return base, base
        least, most = base, base + own.scale * level.most_pair_gain
        open_still = np.flatnonzero(self._pair_reduced == 0)
        exact = base[open_still] + own.scale * self._gains(level, open_still)
        least[open_still] = most[open_still] = exact
        return least, most

    def _gains(self, level: Level, places: IntArray) -> IntArray:
        some = self._pairs.where(places)
        return level.pair_gains(self._problem, some.mentors, some.mentees, some.points)

    def _published(self, scale: int) -> Prices:
        nodes = named_prices(self._problem, self._node_prices)
        limits: dict[str, dict[str, int]] = {}
        for (rule, label), price in zip(
            self._groups.names, self._group_prices.tolist(), strict=True
        ):
            if price:
                limits.setdefault(rule, {})[label] = price
        earlier = {name: size for name, size in self._multipliers.items() if size}
        return nodes.model_copy(update={"limits": limits, "earlier": earlier, "scale": scale})


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
