"""The rule `expertise_overlap`."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import MOST_COLUMNS, membership
from solver.rule import FULL_VALUE, Ceiling, IntArray, PairValues, SoftObjective


class ExpertiseOverlap(SoftObjective):
    """How much of the expertise the mentee seeks the mentor offers. With `ranked`, what is
    sought first counts most: of k things in order the weights are k, k-1, …, 1."""

    looks_no_further = True

    ranked: bool = Field(default=True, strict=True)

    def vectorised(self, problem: Problem) -> PairValues:
        """Adds the weights of the sought words held, place by place."""
        words = _sought_words(problem)
        offered = membership([p.mentoring.offers for p in problem.mentors], words)
        # A last column that nobody holds stands for "nothing more sought".
        offered = np.hstack([offered, np.zeros((len(offered), 1), dtype=np.bool_)])
        longest = max((len(p.learning.seeks) for p in problem.mentees), default=0)
        sought = np.full((longest, len(problem.mentees)), len(words), dtype=np.int32)
        weights = np.zeros((longest, len(problem.mentees)), dtype=np.int32)
        for place, mentee in enumerate(problem.mentees):
            for rank, word in enumerate(mentee.learning.seeks):
                sought[rank, place] = words[word]
                weights[rank, place] = self._weight(rank, len(mentee.learning.seeks))
        totals = np.maximum(weights.sum(axis=0, dtype=np.int32), 1)

        def values(mentors: IntArray, mentees: IntArray) -> IntArray:
            matched = np.zeros(np.broadcast_shapes(mentors.shape, mentees.shape), dtype=np.int32)
            for rank in range(longest):
                matched += offered[mentors, sought[rank][mentees]] * weights[rank][mentees]
            share: IntArray = FULL_VALUE * matched // totals[mentees]
            return share

        return values

    def ceiling(self, problem: Problem) -> Ceiling:
        """The value before it is rounded down: a column for each word that is sought."""
        words = _sought_words(problem)
        shared = {word: column % MOST_COLUMNS for word, column in words.items()}
        width = min(len(words), MOST_COLUMNS)
        takers = np.zeros((len(problem.mentees), width), dtype=np.float32)
        for place, mentee in enumerate(problem.mentees):
            seeks = mentee.learning.seeks
            total = sum(self._weight(rank, len(seeks)) for rank in range(len(seeks)))
            for rank, word in enumerate(seeks):
                takers[place, shared[word]] += FULL_VALUE * self._weight(rank, len(seeks)) / total
        givers = membership([p.mentoring.offers for p in problem.mentors], shared)
        return Ceiling(givers[:, :width].astype(np.float32), takers)

    def value(self, problem: Problem, mentor: Participant, mentee: Participant) -> int:
        """1000 times the matched weight over the total weight, rounded down."""
        seeks = mentee.learning.seeks
        offers = mentor.mentoring.offers
        matched = sum(self._weight(r, len(seeks)) for r, word in enumerate(seeks) if word in offers)
        total = sum(self._weight(r, len(seeks)) for r in range(len(seeks)))
        return FULL_VALUE * matched // total if total else 0

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """What is sought and offered, by name."""
        seeks = mentee.learning.seeks
        if not seeks:
            return "the mentee seeks nothing in particular"
        shared = [word for word in seeks if word in mentor.mentoring.offers]
        if not shared:
            return f"offers none of what is sought: {', '.join(seeks)}"
        if len(shared) == len(seeks):
            count = {1: "the one thing", 2: "both things"}.get(
                len(seeks), f"all {len(seeks)} things"
            )
            return f"offers {count} sought: {', '.join(shared)}"
        missing = [word for word in seeks if word not in shared]
        return (
            f"offers {len(shared)} of {len(seeks)} things sought: {', '.join(shared)}, "
            f"but not {', '.join(missing)}"
        )

    def _weight(self, rank: int, length: int) -> int:
        return length - rank if self.ranked else 1


def _sought_words(problem: Problem) -> dict[str, int]:
    """A column for every word that a mentee seeks, in sorted order."""
    sought = {word for mentee in problem.mentees for word in mentee.learning.seeks}
    return {word: column for column, word in enumerate(sorted(sought))}
