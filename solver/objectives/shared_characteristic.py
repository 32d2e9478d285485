"""The rule `shared_characteristic`."""

from __future__ import annotations

import numpy as np

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import MISSING, MOST_COLUMNS, in_full, membership, one_hot
from solver.rule import FULL_VALUE, Ceiling, PairValues, SoftObjective


class SharedCharacteristic(SoftObjective):
    """The mentor shares the characteristic that the mentee asks for. It rests on special
    category data that people chose to give, so no reason ever names it."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairValues:
        """Looks up whether the mentor holds the word sought."""
        asked, words = _asked(problem)
        held = membership([p.characteristics for p in problem.mentors], words)
        # A last column that nobody holds stands for "nothing asked for".
        held = np.hstack([held, np.zeros((len(held), 1), dtype=np.bool_)])
        column = np.array([words.get(word or "", len(words)) for word in asked], dtype=np.int32)
        return in_full(lambda mentors, mentees: held[mentors, column[mentees]])

    def ceiling(self, problem: Problem) -> Ceiling:
        """The value itself: a column for each word that is asked for."""
        asked, words = _asked(problem)
        shared = {word: column % MOST_COLUMNS for word, column in words.items()}
        width = min(len(words), MOST_COLUMNS)
        held = membership([p.characteristics for p in problem.mentors], shared)[:, :width]
        column = np.array([words.get(word or "", MISSING) for word in asked], dtype=np.int32)
        return Ceiling(held.astype(np.float32), FULL_VALUE * one_hot(column, len(words)))

    def value(self, problem: Problem, mentor: Participant, mentee: Participant) -> int:
        """Full value where the mentor holds what the mentee asks for."""
        return FULL_VALUE if mentee.learning.seeks_characteristic in mentor.characteristics else 0

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Whether it is shared, without ever naming it."""
        if mentee.learning.seeks_characteristic is None:
            return "the mentee asked for nothing in common"
        if self.value(problem, mentor, mentee):
            return "the mentor shares what the mentee asked to have in common"
        return "the mentor does not share what the mentee asked to have in common"


def _asked(problem: Problem) -> tuple[list[str | None], dict[str, int]]:
    """What each mentee asks for, and a column for every word of it."""
    asked = [p.learning.seeks_characteristic for p in problem.mentees]
    return asked, {word: column for column, word in enumerate(sorted({w for w in asked if w}))}
