"""The rule `mentee_demand`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.rule import HardConstraint, KeyedLimit, Membership, Shares
from solver.wording import counted


class MenteeDemand(HardConstraint):
    """A mentee gets at most as many mentors as they want (`wants`)."""

    can_be_switched_off = False

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each mentee position."""
        wants = np.array([p.learning.wants for p in problem.mentees], dtype=np.int64)

        return KeyedLimit(
            rule=self.name,
            shape="mentee",
            members=(
                Membership(lambda mentors, mentees: np.broadcast_arrays(mentors, mentees)[1]),
            ),
            bounds=lambda codes: (np.zeros_like(wants[codes]), wants[codes]),
            label=lambda code: problem.mentees[code].reference,
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """The mentee's reference."""
        return ((mentee.reference, 1),)

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """From nobody to as many as the mentee wants."""
        return 0, problem.by_reference[label].learning.wants

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Mentees with more mentors than they want."""
        gots = Counter(pair.mentee for pair in pairs)
        return [
            f"{mentee} has {counted(got, 'mentor')} and wants {most}"
            for mentee, got in sorted(gots.items())
            for _, most in (self.group_bounds(problem, mentee),)
            if got > most
        ]
