"""From the prices of each level on its face to prices that prove the level's bound outright.

On a face the prices say nothing of the arcs that earlier levels settled. Adding the earlier
level's own prices M times makes up for that: with
    R[k] = r[k] + M[k] x R[k-1]
for the reduced gains r[k] of level k's own prices, every arc that an earlier level settled
keeps its sign, because M[k] is larger than any r[k] can be and R[k-1] is a whole number. The
combined prices go into the certificate, where anybody can add up what they prove.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from models.domain.certificate import Prices
from models.domain.problem import Problem
from solver.levels import LEVELS, Level
from solver.relaxation.answer import named_prices
from solver.relaxation.network import Network
from solver.relaxation.side_limits import SideGroups
from solver.rule import FULL_VALUE, IntArray
from solver.rulebook import Rules

LARGEST_PRICE = 1 << 60
LARGEST_REDUCED = 1 << 62
"""What the judge takes; it has a figure of its own, and shares no code with the search."""


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


@dataclass(frozen=True)
class Combined:
    """The prices of a level with those of all earlier levels added.

    `level` is its name, empty before the first; `multipliers` are those of the earlier levels.
    """

    level: str
    own: OwnPrices
    multipliers: Mapping[str, int]

    @property
    def terms(self) -> list[tuple[int, Level]]:
        """Every level whose gains the prices are for, with its factor."""
        factors = {**self.multipliers, self.level: self.own.scale} if self.level else {}
        return [(factor, LEVELS[name]) for name, factor in factors.items() if factor]

    def same_as(self, other: Combined) -> bool:
        """Whether both price everything alike."""
        return (
            (self.level, self.own.scale) == (other.level, other.own.scale)
            and self.multipliers == other.multipliers
            and np.array_equal(self.own.nodes, other.own.nodes)
            and np.array_equal(self.own.groups, other.own.groups)
        )


class PriceTooLargeError(RuntimeError):
    """The combined prices would leave 64 bits; the level cannot be certified this way."""


class Proof:
    """The combined prices `so_far`; one call of `add_level` for each level, in order."""

    def __init__(
        self, problem: Problem, rules: Rules, network: Network, groups: SideGroups
    ) -> None:
        self._problem = problem
        self._network = network
        self._groups = groups
        self._most_points = FULL_VALUE * sum(rule.weight for rule in rules.objectives)
        none = np.zeros(network.nodes, dtype=np.int64)
        self.so_far = Combined("", OwnPrices(none, np.zeros(len(groups), dtype=np.int64)), {})

    def combined(self, level: Level, own: OwnPrices) -> Combined:
        """The level's prices with those of the levels before; nothing is kept of the call."""
        before = self.so_far
        factor = self._factor(level, own) if before.level else 0
        largest = max(
            int(np.abs(before.own.nodes).max(initial=0)),
            int(np.abs(before.own.groups).max(initial=0)),
        )
        if factor * largest > LARGEST_PRICE:
            raise PriceTooLargeError(f"{factor} x {largest}")
        earlier = {name: factor * size for name, size in before.multipliers.items()}
        if before.level:
            earlier[before.level] = factor * before.own.scale
        for name, size in own.earlier.items():
            earlier[name] += size
        found = Combined(
            level.name,
            OwnPrices(
                nodes=own.nodes + factor * before.own.nodes,
                groups=own.groups + factor * before.own.groups,
                scale=own.scale,
            ),
            earlier,
        )
        self._refuse_overflow(found)
        return found

    def add_level(self, level: Level, own: OwnPrices) -> Prices:
        """The next level's prices as the certificate publishes them."""
        self.so_far = self.combined(level, own)
        return self._published()

    def _refuse_overflow(self, found: Combined) -> None:
        """The judge adds gains and prices up in 64 bits, and refuses what could leave them."""
        gains = sum(
            size * max(1, level.largest_pair_gain(self._most_points)) for size, level in found.terms
        )
        nodes = int(np.abs(found.own.nodes).max(initial=0))
        groups = int(np.abs(found.own.groups).max(initial=0))
        most = self._groups.most_of_a_pair
        if gains + 2 * nodes + most * groups >= LARGEST_REDUCED:
            raise PriceTooLargeError(f"reduced gains beyond {LARGEST_REDUCED}")

    def _factor(self, level: Level, own: OwnPrices) -> int:
        """More than any reduced gain of the level's own prices, whatever the arc."""
        gain = own.scale * self._largest_gain(level)
        for name, size in own.earlier.items():
            gain += size * self._largest_gain(LEVELS[name])
        node = int(np.abs(own.nodes).max(initial=0))
        group = int(np.abs(own.groups).max(initial=0))
        return gain + 2 * node + group * self._groups.most_of_a_pair + 1

    def _largest_gain(self, level: Level) -> int:
        segments = self._network.segments.gains[level.name]
        return max(level.largest_pair_gain(self._most_points), int(np.abs(segments).max(initial=0)))

    def _published(self) -> Prices:
        combined = self.so_far
        limits: dict[str, dict[str, int]] = {}
        prices = combined.own.groups.tolist()
        for (rule, label), price in zip(self._groups.names, prices, strict=True):
            if price:
                limits.setdefault(rule, {})[label] = price
        earlier = {name: size for name, size in combined.multipliers.items() if size}
        update = {"limits": limits, "earlier": earlier, "scale": combined.own.scale}
        return named_prices(self._problem, combined.own.nodes).model_copy(update=update)
