"""The candidate pairs that the search does not hold, and the pricing that keeps them honest.

On a large round only a few tens of pairs for each person are held. Combined prices give every
other pair one reduced gain; where none is above 0, the answer is optimal over all pairs,
though most were never held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from models.domain.problem import Problem
from solver.relaxation.network import Network
from solver.relaxation.proof import Combined
from solver.rule import BoolArray, IntArray
from solver.rulebook import Rules
from solver.scoring.columns import ADDED_COLUMNS, START_COLUMNS, best_for_both, with_points
from solver.scoring.scoreboard import CandidatePairs, joined

MOST_ON_A_FACE = 500_000
"""A face of so many pairs is held whole; of a larger one pricing goes on finding what is needed."""


class Outside:
    """All candidate pairs in blocks, of which the search holds some.

    `complete` is true once every pair that can still matter is held.
    """

    def __init__(
        self, problem: Problem, network: Network, blocks: Sequence[CandidatePairs]
    ) -> None:
        self._problem = problem
        self._network = network
        self._blocks = blocks
        self.complete = not blocks

    def violated(self, prices: Combined, held: CandidatePairs) -> CandidatePairs:
        """The pairs not held that gain most under the prices: a few of each person."""
        if self.complete:
            return joined()
        known, found = KnownPairs(held, self._network.mentees), list[CandidatePairs]()
        for block, reduced in self._priced(prices):
            above = np.flatnonzero(reduced > 0)
            # What is held may well gain: it must not stand in the way of what is not.
            above = above[known.lacks(block.where(above))]
            some = block.where(above)
            ranking = with_points(reduced[above], some)
            found.append(some.where(best_for_both(some, ranking, ADDED_COLUMNS)))
        return joined(*found)

    def face(
        self, prices: Combined, held: CandidatePairs, most: int | None = MOST_ON_A_FACE
    ) -> CandidatePairs:
        """The pairs not held that optimal prices leave free; none where they are more than `most`.

        Afterwards the search is complete, unless they were too many.
        """
        if self.complete:
            return joined()
        known, found = KnownPairs(held, self._network.mentees), list[CandidatePairs]()
        size = 0
        for block, reduced in self._priced(prices):
            free = block.where(reduced >= 0)
            found.append(free.where(known.lacks(free)))
            size += len(found[-1])
            if most is not None and size > most:
                return joined()
        self.complete = True
        return joined(*found)

    def _priced(self, prices: Combined) -> Iterator[tuple[CandidatePairs, IntArray]]:
        own, people = prices.own, self._network.mentees
        terms = [(size, level) for size, level in prices.terms if level.largest_pair_gain(1)]
        for block in self._blocks:
            reduced = -own.nodes[block.mentees]
            reduced -= own.nodes[people:][block.mentors]
            for size, level in terms:
                reduced += size * level.pair_gains(
                    self._problem, block.mentors, block.mentees, block.points
                )
            yield block, reduced


def first_held(problem: Problem, rules: Rules, blocks: Sequence[CandidatePairs]) -> CandidatePairs:
    """The pins, and the best few pairs of every person by points, from all blocks."""
    pins = [rule.limit(problem) for rule in rules.constraints]
    must = [limit.groups for limit in pins if limit.shape == "pair"]
    best, pinned = joined(), joined()
    for block in blocks:
        some = joined(best, block.where(best_for_both(block, block.points, START_COLUMNS)))
        best = some.where(best_for_both(some, some.points, START_COLUMNS))
        for groups in must:
            pinned = joined(pinned, block.where(groups(block.mentors, block.mentees) >= 0))
    return joined(pinned, best.where(KnownPairs(pinned, len(problem.mentees)).lacks(best)))


class KnownPairs:
    """Pairs that are known already, for asking which of some others are new."""

    def __init__(self, pairs: CandidatePairs, mentees: int) -> None:
        self._mentees = mentees
        self._codes = np.sort(self._codes_of(pairs))

    def lacks(self, pairs: CandidatePairs) -> BoolArray:
        """A mask of the pairs that are not known."""
        codes = self._codes_of(pairs)
        if not len(self._codes):
            return np.ones(len(codes), dtype=np.bool_)
        places = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        new: BoolArray = self._codes[places] != codes
        return new

    def _codes_of(self, pairs: CandidatePairs) -> IntArray:
        codes: IntArray = pairs.mentors.astype(np.int64) * self._mentees + pairs.mentees
        return codes
