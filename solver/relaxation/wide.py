"""The relaxation of a large round with further limits: few pairs held, every pair priced.

A linear programme over the pairs held gives prices; under them every candidate pair has a
reduced gain. Pairs that gain are taken in and so are limits that the fractional answer
breaks, until neither is left. Whatever the prices, the bound that follows from them over all
pairs is exact, so it may be read off at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from models.domain.certificate import Prices
from models.domain.problem import Problem
from solver.levels import Level
from solver.relaxation.answer import named_prices
from solver.relaxation.binding_groups import side_groups
from solver.relaxation.face import whole_face
from solver.relaxation.group_prices import GroupPrices
from solver.relaxation.linear import (
    LinearAnswer,
    LinearRound,
    ValueRow,
    pair_reduced,
    relax_held,
    segment_reduced,
)
from solver.relaxation.network import Network
from solver.relaxation.proof import OwnPrices
from solver.relaxation.side_limits import GroupKey, SideGroups
from solver.rule import FULL_VALUE, IntArray, KeyedLimit
from solver.scoring.candidates import KnownPairs
from solver.scoring.columns import ADDED_COLUMNS, best_for_both
from solver.scoring.scoreboard import CandidatePairs, joined

MOST_ROUNDS = 12
"""A level is priced so often at most; a bound is at hand after the first."""

PENALTY = 10_000
"""What missing a limit by one costs, in largest gains of a pair or a place."""

SHARP = 4e-6
"""A bound that is so near to the programme's own value is sharp enough, and limits that move
the value no further than about that are left to the finish."""

NEARLY = 2 * FULL_VALUE
"""Where any pair gains, pairs that lose no more than this are taken in as well: the next
prices are others, and under them it is these that would gain."""


@dataclass
class WideRound:
    """A round in which few pairs are held: `pairs`, and the groups known to matter over them."""

    problem: Problem
    network: Network
    limits: Sequence[KeyedLimit]
    blocks: Sequence[CandidatePairs]
    pairs: CandidatePairs = field(default_factory=joined)
    known: list[GroupKey] = field(default_factory=list)

    def hold(self, more: CandidatePairs) -> None:
        """Takes in pairs that are not held."""
        self.pairs = joined(self.pairs, more)

    def gains(self, level: Level, pairs: CandidatePairs) -> IntArray:
        """What each pair gains at a level."""
        return level.pair_gains(self.problem, pairs.mentors, pairs.mentees, pairs.points)

    def groups(self) -> SideGroups:
        """The groups over the pairs held that a programme needs: the loose ones once broken."""
        every = side_groups(self.limits, self.pairs, self.known, self.network.most_partners)
        needed = ~every.loose
        needed[: len(self.known)] = True
        return every.some(np.flatnonzero(needed))

    def linear(self, level: Level, rows: Sequence[tuple[Level, int]]) -> LinearRound:
        """The programme of a level over the pairs held, earlier levels kept at their values."""
        groups = self.groups()
        gains_at = self.network.segments.gains
        return LinearRound(
            network=self.network,
            face=whole_face(self.network, self.pairs, len(groups)),
            groups=groups,
            slacks=np.zeros(len(groups), dtype=np.int8),
            rows=[
                ValueRow(kept.name, self.gains(kept, self.pairs), gains_at[kept.name], value)
                for kept, value in rows
            ],
            pair_gains=self.gains(level, self.pairs),
            segment_gains=gains_at[level.name],
            penalty=float(PENALTY * self._largest_gain(level)),
        )

    def _largest_gain(self, level: Level) -> int:
        segments = self.network.segments.gains[level.name]
        gains = self.gains(level, self.pairs).max(initial=0)
        return max(1, int(gains), int(np.abs(segments).max(initial=0)))


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
    rows: Sequence[tuple[Level, int]]
    bound: int

    def published(self, problem: Problem) -> Prices:
        """The prices as a certificate publishes them."""
        limits: dict[str, dict[str, int]] = {}
        for key, price in self.groups.items():
            rule, label = self.names[key]
            limits.setdefault(rule, {})[label] = price
        update = {"limits": limits, "earlier": dict(self.own.earlier), "scale": self.own.scale}
        return named_prices(problem, self.own.nodes).model_copy(update=update)


def relax_wide(
    wide: WideRound,
    level: Level,
    rows: Sequence[tuple[Level, int]],
    out_of_time: Callable[[], bool],
    to_the_end: bool,
) -> WidePrices:
    """The level's best prices over all pairs, or the best so far when time is over.

    Unless `to_the_end`, limits that the fractional answer breaks are left for the next level
    to take in: they seldom lower this one's bound.
    """
    best: WidePrices | None = None
    before = np.inf
    for _ in range(MOST_ROUNDS):
        given = wide.linear(level, rows)
        answer = relax_held(given, np.ones(len(wide.pairs), dtype=np.bool_))
        found, more = _priced(wide, level, rows, given, answer)
        if best is None or found.bound < best.bound:
            best = found
        broken = _broken(wide, answer) if to_the_end else []
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


def _priced(
    wide: WideRound,
    level: Level,
    rows: Sequence[tuple[Level, int]],
    given: LinearRound,
    answer: LinearAnswer,
) -> tuple[WidePrices, CandidatePairs]:
    """The prices with the bound they prove, and the pairs not held that gain most under them."""
    groups, own = given.groups, answer.prices
    sized = {
        key: (price, name)
        for key, price, name in zip(groups.keys, own.groups.tolist(), groups.names, strict=True)
        if price
    }
    prices = WidePrices(
        level=level,
        own=replace(own, groups=np.zeros(0, dtype=np.int64)),
        groups={key: price for key, (price, _) in sized.items()},
        names={key: name for key, (_, name) in sized.items()},
        rows=rows,
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


def _broken(wide: WideRound, answer: LinearAnswer) -> list[GroupKey]:
    """Loose groups that no programme has held yet, of mentors of whom it breaks any."""
    every = side_groups(wide.limits, wide.pairs, (), wide.network.most_partners)
    broken = every.exceeded(answer.shares)
    broken = broken[every.loose[broken]]
    if not len(broken):
        return []
    which = {every.keys[number][0] for number in broken.tolist()}
    known, found = set(wide.known), list[GroupKey]()
    for place in sorted(which):
        codes = np.array([code for limit, code in every.keys if limit == place], dtype=np.int64)
        of_broken = [every.keys[n][1] for n in broken.tolist() if every.keys[n][0] == place]
        mentor_of = wide.limits[place].mentor_of
        assert mentor_of is not None  # noqa: S101  that is what makes a group loose
        alike = np.isin(mentor_of(codes), mentor_of(np.array(of_broken, dtype=np.int64)))
        found += [(place, code) for code in codes[alike].tolist()]
    return [key for key in found if key not in known]
