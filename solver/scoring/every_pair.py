"""Every candidate pair of a round, held with its points: for a round that is asked about again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.domain.problem import Problem
from solver.encoding import droppable_pins, pin_positions
from solver.rule import FULL_VALUE, BoolArray, IntArray, PointsRule
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs, KnownPairs, joined
from solver.scoring.scoreboard import score_pairs
from solver.scoring.threshold import Side, Threshold, merged

PAIRS_IN_A_BLOCK = 1 << 16
"""So many pairs are looked at together: their columns fit into a processor's cache."""

SMALL = 1 << 29
"""Two numbers below this add up within 32 bits."""

FOUND_IN_A_BLOCK = 500_000
"""About so many of them are given out at a time."""


@dataclass(frozen=True)
class EveryPair:
    """All candidate pairs, sorted by mentee and then by mentor; it can stand for a screen."""

    problem: Problem
    rules: Rules
    pairs: CandidatePairs

    @classmethod
    def of(cls, problem: Problem, rules: Rules) -> EveryPair:
        """Every pair of the round, scored here and now."""
        return cls(problem, rules, in_order(score_pairs(problem, rules), len(problem.mentors)))

    @property
    def most_points(self) -> int:
        """No pair has more points."""
        return FULL_VALUE * sum(rule.weight for rule in self.rules.objectives)

    @cached_property
    def first(self) -> IntArray:
        """The pairs of the mentee at position e are those from `first[e]` to `first[e + 1]`."""
        ends: IntArray = np.searchsorted(
            self.pairs.mentees, np.arange(len(self.problem.mentees) + 1, dtype=np.int32)
        )
        return ends

    def places(self, mentors: IntArray, mentees: IntArray) -> IntArray:
        """Where some pairs stand among all, by position; -1 for one that is no candidate."""
        low, high = self.first[mentees], self.first[mentees + 1]
        ends = high
        while (low < high).any():  # Each looks among the mentee's own pairs, all at once.
            middle = (low + high) // 2
            before = (low < high) & (self._mentor_at(middle) < mentors)
            low, high = np.where(before, middle + 1, low), np.where(before, high, middle)
        return np.where((low < ends) & (self._mentor_at(low) == mentors), low, -1)

    def _mentor_at(self, places: IntArray) -> IntArray:
        if not len(self.pairs):
            return np.full(len(places), -1)
        return self.pairs.mentors[np.minimum(places, len(self.pairs) - 1)]

    @property
    def _pins(self) -> CandidatePairs:
        """The pins among them, droppable or not, each once."""
        pins = [pin_positions(self.problem), droppable_pins(self.problem).listed]
        places = np.unique(np.concatenate([self.places(*some) for some in pins]))
        return self.pairs.where(places[places >= 0])

    def reaching(self, *thresholds: Threshold) -> Iterator[CandidatePairs]:
        """Every pin and every other pair that reaches one of the thresholds."""
        asked = [
            (one.counts_points, _whole(one.mentors), _whole(one.mentees))
            for one in merged(thresholds)
        ]
        pins = self._pins
        found, size = [pins], len(pins)
        known = KnownPairs(pins, len(self.problem.mentees))
        for block in self.blocks():
            reached = np.zeros(len(block), dtype=np.bool_)
            for counts_points, mentors, mentees in asked:
                reached |= _reached(block.points if counts_points else 0, mentors, mentees, block)
            block = block.where(np.flatnonzero(reached))
            found.append(block.where(known.lacks(block)) if len(pins) else block)
            size += len(found[-1])
            if size >= FOUND_IN_A_BLOCK:
                yield joined(*found)
                found, size = [], 0
        yield joined(*found)

    def options(
        self, mentors: BoolArray, mentees: BoolArray, floors: Sequence[PointsRule] = ()
    ) -> tuple[IntArray, IntArray]:
        """How many candidate pairs each of these mentors and of these mentees has; else 0."""
        counts = np.zeros(len(mentors), dtype=np.int64), np.zeros(len(mentees), dtype=np.int64)
        for block in self.blocks() if mentors.any() or floors else ():
            for floor in floors:
                block = block.where(floor.vectorised(block.points))
            counts[0][:] += np.bincount(block.mentors, minlength=len(mentors))
            if floors:
                counts[1][:] += np.bincount(block.mentees, minlength=len(mentees))
        if not floors:
            counts[1][:] = np.diff(self.first)
        return np.where(mentors, counts[0], 0), np.where(mentees, counts[1], 0)

    def blocks(self) -> Iterator[CandidatePairs]:
        """All of them, a few at a time, in their order."""
        pairs = self.pairs
        for start in range(0, len(pairs), PAIRS_IN_A_BLOCK):
            some = slice(start, start + PAIRS_IN_A_BLOCK)
            yield CandidatePairs(pairs.mentors[some], pairs.mentees[some], pairs.points[some])


def codes_of(pairs: CandidatePairs, mentors: int) -> IntArray:
    """A number for each pair, in the order by mentee and then by mentor."""
    codes: IntArray = pairs.mentees.astype(np.int64) * max(1, mentors) + pairs.mentors
    return codes


def in_order(pairs: CandidatePairs, mentors: int) -> CandidatePairs:
    """The pairs by mentee and then by mentor."""
    return pairs.where(np.argsort(codes_of(pairs, mentors), kind="stable"))


def _whole(side: Side) -> IntArray:
    """What is asked of each, in whole numbers: less by more than all that was rounded."""
    if not side.any():
        return np.zeros(0, dtype=np.int32)
    asked = side if np.issubdtype(side.dtype, np.integer) else np.floor(side) - 1
    small = bool(np.abs(asked).max() < SMALL)
    whole: IntArray = asked.astype(np.int32 if small else np.int64)
    return whole


def _reached(
    points: IntArray | int, mentors: IntArray, mentees: IntArray, block: CandidatePairs
) -> BoolArray:
    """Where points reach what is asked; a side that asks for nothing is empty."""
    if not len(mentors):
        return np.asarray(mentees[block.mentees] <= points if len(mentees) else points >= 0)
    asked = mentors[block.mentors]
    if len(mentees):
        asked = asked + mentees[block.mentees]
    reached: BoolArray = asked <= points
    return reached
