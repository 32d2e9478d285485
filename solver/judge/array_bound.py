"""The same bound over arrays of pairs, for rounds too large for plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import numpy as np

from models.domain.participant import Participant
from solver.encoding import coded
from solver.judge.bound import Priced, UnusablePricesError, check_prices, fixed_part
from solver.levels import Level
from solver.rule import FULL_VALUE, LARGEST_SIZE, BoolArray, IntArray, KeyedLimit
from solver.scoring.scoreboard import CandidatePairs
from solver.scoring.threshold import Threshold, reduced_at_least

LARGEST_REDUCED = 1 << 62


class ArrayBound:
    """Adds up one level's bound, block by block, in 64-bit whole numbers."""

    def __init__(self, priced: Priced, values: Mapping[str, int]) -> None:
        check_prices(priced)
        _refuse_overflow(priced)
        problem, prices = priced.problem, priced.prices
        self._priced = priced
        self._total = fixed_part(priced, values)
        self._mentor_prices = _along(prices.mentors, problem.mentors)
        self._mentee_prices = _along(prices.mentees, problem.mentees)
        self._limits = [(rule.limit(problem), by_label) for rule, by_label in priced.priced_limits]
        for rule, by_label in priced.priced_limits:
            of_mentors = rule.price_of_mentors(problem, by_label)
            self._mentor_prices += _along(of_mentors, problem.mentors)
        self._cheap = [term for term in priced.terms if term[1].most_pair_gain is None]
        self._dear = [term for term in priced.terms if term[1].most_pair_gain is not None]
        self._most = sum(factor * (level.most_pair_gain or 0) for factor, level in self._dear)
        self._width = max(1, len(problem.mentees))
        mentor_at, mentee_at = problem.mentor_at, problem.mentee_at
        self._pinned = np.array(
            [mentor_at[p.mentor] * self._width + mentee_at[p.mentee] for p in problem.pins],
            dtype=np.int64,
        )

    def add(self, block: CandidatePairs) -> None:
        """Counts a block of candidate pairs of the round; what stricter rules refuse is left out.

        A dear gain is worked out only where the most it could be would lift the pair above 0.
        """
        for floor in self._priced.rules.floors:
            block = block.where(floor.vectorised(block.points))
        pinned = self._is_pinned(block)
        reduced = self._with_cheap_gains(block)
        counts = np.flatnonzero((reduced > -self._most) | pinned)
        exact = reduced[counts] + self._gains(self._dear, block.where(counts))
        self._total += _exact_sum(exact[(exact > 0) | pinned[counts]])

    @property
    def threshold(self) -> Threshold:
        """What a pair has to reach to count, unless it is pinned."""
        # A group's price may also add to a reduced gain: a pair is in one group of a membership.
        spare = sum(
            max(0, member.most_added(by_label.values()))
            for limit, by_label in self._limits
            for member in limit.members
        )
        return reduced_at_least(
            1, self._priced.terms, self._mentor_prices, self._mentee_prices, spare
        )

    @property
    def value(self) -> int:
        """The bound, once every block has been counted."""
        return self._total // self._priced.prices.scale

    def _with_cheap_gains(self, block: CandidatePairs) -> IntArray:
        reduced = self._gains(self._cheap, block)
        reduced -= self._mentor_prices[block.mentors]
        reduced -= self._mentee_prices[block.mentees]
        for limit, by_label in self._limits:
            reduced -= _group_prices(limit, by_label, block)
        return reduced

    def _gains(self, terms: list[tuple[int, Level]], block: CandidatePairs) -> IntArray:
        total = np.zeros(len(block), dtype=np.int64)
        for factor, level in terms:
            total += factor * level.pair_gains(
                self._priced.problem, block.mentors, block.mentees, block.points
            )
        return total

    def _is_pinned(self, block: CandidatePairs) -> BoolArray:
        if not len(self._pinned):
            return np.zeros(len(block), dtype=np.bool_)
        codes = block.mentors.astype(np.int64) * self._width + block.mentees
        return np.isin(codes, self._pinned)


def _refuse_overflow(priced: Priced) -> None:
    """Every reduced gain has to fit into 64 bits."""
    prices = priced.prices
    points = FULL_VALUE * sum(rule.weight for rule in priced.rules.objectives)
    largest = sum(f * max(1, level.largest_pair_gain(points)) for f, level in priced.terms)
    for table in (prices.mentors, prices.mentees):
        largest += max((abs(price) for price in table.values()), default=0)
    for rule, by_label in priced.priced_limits:
        largest += _largest_cost(rule.limit(priced.problem), by_label.values())
    if largest >= LARGEST_REDUCED:
        raise UnusablePricesError("they are too large for 64-bit whole numbers")


def _largest_cost(limit: KeyedLimit, prices: Iterable[int]) -> int:
    """The most that the prices of a limit's groups can come to for one pair."""
    sizes = [abs(price) for price in prices]
    if limit.mentor_of is not None:
        return LARGEST_SIZE * sum(sizes)
    most = sum(1 if member.sizes is None else LARGEST_SIZE for member in limit.members)
    return most * max(sizes, default=0)


def _along(prices: Mapping[str, int], people: Sequence[Participant]) -> IntArray:
    return np.array([prices.get(person.reference, 0) for person in people], dtype=np.int64)


def _group_prices(
    limit: KeyedLimit, by_label: Mapping[str, int], block: CandidatePairs
) -> IntArray:
    """What the prices of a limit's groups, by label, come to for each pair of a block."""
    found = np.zeros(len(block), dtype=np.int64)
    for member in limit.members:
        codes = member.groups(block.mentors, block.mentees)
        priced = sorted(coded(limit, by_label, partial(np.unique, codes[codes >= 0])).items())
        if not priced:
            continue
        groups, prices = np.array(priced, dtype=np.int64).T
        place = np.minimum(np.searchsorted(groups, codes), len(groups) - 1)
        listed = np.flatnonzero(groups[place] == codes)
        cost = prices[place[listed]]
        if member.sizes is not None:
            cost *= member.sizes(block.mentors[listed], block.mentees[listed])
        found[listed] += cost
    return found


def _exact_sum(values: IntArray) -> int:
    """The sum as a Python whole number: halves of 31 bits cannot overflow."""
    return (int((values >> 31).sum()) << 31) + int((values & 0x7FFFFFFF).sum())
