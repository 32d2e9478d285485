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
from solver.scoring.candidates import CandidatePairs, joined
from solver.scoring.scoreboard import score_pairs
from solver.scoring.threshold import Threshold, merged

PAIRS_IN_A_BLOCK = 1 << 16
"""So many pairs are looked at together: their columns fit into a processor's cache."""

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

    @cached_property
    def _is_pin(self) -> BoolArray:
        width = max(1, len(self.problem.mentors))
        codes = self.pairs.mentees.astype(np.int64) * width + self.pairs.mentors
        places = [pin_positions(self.problem), droppable_pins(self.problem).listed]
        pins = np.concatenate(
            [mentees.astype(np.int64) * width + mentors for mentors, mentees in places]
        )
        found = np.zeros(len(codes), dtype=np.bool_)
        at = np.minimum(np.searchsorted(codes, pins), len(codes) - 1)
        found[at[codes[at] == pins] if len(codes) else at[:0]] = True
        return found

    def reaching(self, *thresholds: Threshold) -> Iterator[CandidatePairs]:
        """Every pair that reaches one of the thresholds, in their order, and every pin."""
        pairs, asked = self.pairs, merged(thresholds)
        found, size = list[CandidatePairs](), 0
        for start in range(0, len(pairs), PAIRS_IN_A_BLOCK):
            some = slice(start, start + PAIRS_IN_A_BLOCK)
            block = CandidatePairs(pairs.mentors[some], pairs.mentees[some], pairs.points[some])
            reached = self._is_pin[some].copy()
            for threshold in asked:
                reached |= _reached(threshold, block)
            found.append(block.where(np.flatnonzero(reached)))
            size += len(found[-1])
            if size >= FOUND_IN_A_BLOCK:
                yield joined(*found)
                found, size = [], 0
        yield joined(*found)

    def options(
        self, mentors: BoolArray, mentees: BoolArray, floors: Sequence[PointsRule] = ()
    ) -> tuple[IntArray, IntArray]:
        """How many candidate pairs each of these mentors and of these mentees has; else 0."""
        pairs = self.pairs
        for floor in floors:
            pairs = pairs.where(floor.vectorised(pairs.points))
        return (
            np.where(mentors, np.bincount(pairs.mentors, minlength=len(mentors)), 0),
            np.where(mentees, np.bincount(pairs.mentees, minlength=len(mentees)), 0),
        )


def in_order(pairs: CandidatePairs, mentors: int) -> CandidatePairs:
    """The pairs by mentee and then by mentor."""
    codes = pairs.mentees.astype(np.int64) * max(1, mentors) + pairs.mentors
    return pairs.where(np.argsort(codes, kind="stable"))


def _reached(threshold: Threshold, block: CandidatePairs) -> BoolArray:
    asked = threshold.mentors[block.mentors] + threshold.mentees[block.mentees]
    reached: BoolArray = asked <= (block.points if threshold.counts_points else 0)
    return reached
