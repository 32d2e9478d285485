"""The rule `shared_characteristic`."""

from __future__ import annotations

import numpy as np

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import in_full, membership
from solver.rule import FULL_VALUE, PairValues, SoftObjective


class SharedCharacteristic(SoftObjective):
    """The mentor shares the characteristic that the mentee asks for. It rests on special
    category data that people chose to give, so no reason ever names it."""

    def vectorised(self, problem: Problem) -> PairValues:
        """Looks up whether the mentor holds the word sought."""
        asked = [p.learning.seeks_characteristic for p in problem.mentees]
        words = {word: column for column, word in enumerate(sorted({w for w in asked if w}))}
        held = membership([p.characteristics for p in problem.mentors], words)
        # A last column that nobody holds stands for "nothing asked for".
        held = np.hstack([held, np.zeros((len(held), 1), dtype=np.bool_)])
        column = np.array([words.get(word or "", len(words)) for word in asked], dtype=np.int32)
        return in_full(lambda mentors, mentees: held[mentors, column[mentees]])

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
