"""The candidate pairs whose points reach a threshold, found without scoring the others.

On a large round most pairs are far from mattering. The rules' ceilings bound the points of
all of them from above at little cost; only the pairs whose ceiling reaches the threshold are
put to the rules. Memory is bounded by what is found at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from models.domain.problem import Problem
from solver.encoding import pin_positions, wished_pairs
from solver.rule import FULL_VALUE, BoolArray, IntArray, PointsRule
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs, KnownPairs, Scorer
from solver.scoring.ceilings import Ceilings, Places, joined_places
from solver.scoring.scoreboard import candidate_blocks, class_blocks
from solver.scoring.threshold import Threshold

FOUND_IN_A_BLOCK = 500_000
"""About so many pairs are put to the rules at a time."""

CELLS_COUNTED = 500_000
"""About so many pairs are counted at a time."""


class Screen:
    """The people of a round with its rules, made ready for looking at all pairs again and again.

    Pairs that a ceiling lists, pins and pairs wished for are scored once, and always found.
    """

    def __init__(self, problem: Problem, rules: Rules) -> None:
        self.problem = problem
        self.rules = rules
        self.scorer = Scorer(problem, rules)
        self._blocks = list(class_blocks(problem, rules))
        self._ceilings = Ceilings(problem, rules, self._blocks)
        pins = [pin_positions(problem), wished_pairs(problem).listed]
        self._listed = self._scored_once([*pins, *self._ceilings.listed])
        self._known = KnownPairs(self._listed, len(problem.mentees))

    @property
    def most_points(self) -> int:
        """No pair has more points."""
        return FULL_VALUE * sum(rule.weight for rule in self.rules.objectives)

    def blocks(
        self, mentors: BoolArray | None = None, mentees: BoolArray | None = None
    ) -> Iterator[CandidatePairs]:
        """Every candidate pair, or those of some people alone, whatever the points."""
        return candidate_blocks(self.problem, self.rules, mentors, mentees, self.scorer)

    def reaching(self, *thresholds: Threshold) -> Iterator[CandidatePairs]:
        """Every candidate pair that reaches one of the thresholds, and a few that do not.

        They come in lists of bounded length, each pair in one of them, in an order that
        depends on the problem and the thresholds alone.
        """
        yield self._listed
        found: list[Places] = []
        size = 0
        for mentors, mentees in self._ceilings.reaching(thresholds):
            for start in range(0, len(mentors), FOUND_IN_A_BLOCK):
                few = slice(start, start + FOUND_IN_A_BLOCK)
                found.append((mentors[few], mentees[few]))
                size += len(found[-1][0])
                if size >= FOUND_IN_A_BLOCK:
                    yield self._scored(found)
                    found, size = [], 0
        yield self._scored(found)

    def options(
        self, mentors: BoolArray, mentees: BoolArray, floors: Sequence[PointsRule] = ()
    ) -> tuple[IntArray, IntArray]:
        """How many candidate pairs each of these mentors and of these mentees has; else 0.

        With further floors those that they refuse are not counted.
        """
        refused = None if floors else self.scorer.refused()
        return (
            self._options(mentors, refused, floors, of_mentors=True),
            self._options(mentees, refused, floors, of_mentors=False),
        )

    def _options(
        self,
        some: BoolArray,
        refused: Places | None,
        floors: Sequence[PointsRule],
        of_mentors: bool,
    ) -> IntArray:
        if refused is None:
            return self._options_one_by_one(some, floors, of_mentors)
        # What the dense rules permit, less what others refuse: no pair needs to be listed.
        waived = self.scorer.waived
        counts = np.bincount(waived.mentors if of_mentors else waived.mentees, minlength=len(some))
        counts -= np.bincount(refused[0 if of_mentors else 1], minlength=len(some))
        for mentors, mentees in self._blocks:
            asked, others = (mentors, mentees) if of_mentors else (mentees, mentors)
            asked = asked[some[asked]]
            step = max(1, CELLS_COUNTED // len(others))
            for start in range(0, len(asked), step):
                now = asked[start : start + step]
                pairs = (now[:, None], others) if of_mentors else (others, now[:, None])
                counts[now] += np.count_nonzero(self.scorer.dense(*pairs), axis=1)
        return np.where(some, counts, 0)

    def _options_one_by_one(
        self, some: BoolArray, floors: Sequence[PointsRule], of_mentors: bool
    ) -> IntArray:
        counts = np.zeros(len(some), dtype=np.int64)
        for block in self.blocks(some, None) if of_mentors else self.blocks(None, some):
            for floor in floors:
                block = block.where(floor.vectorised(block.points))
            places = block.mentors if of_mentors else block.mentees
            counts += np.bincount(places, minlength=len(some))
        return counts

    def _scored_once(self, listed: list[Places]) -> CandidatePairs:
        width = max(1, len(self.problem.mentees))
        mentors, mentees = joined_places(listed)
        mentors, mentees = np.divmod(np.unique(mentors.astype(np.int64) * width + mentees), width)
        return self.scorer.among(mentors.astype(np.int32), mentees.astype(np.int32))

    def _scored(self, found: list[Places]) -> CandidatePairs:
        pairs = self.scorer.among(*joined_places(found))
        return pairs.where(self._known.lacks(pairs))
