"""The rule `mentor_capacity`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.rule import HardConstraint, KeyedLimit, Membership, Shares
from solver.wording import counted


class MentorCapacity(HardConstraint):
    """A mentor takes at most as many mentees as their `capacity`."""

    can_be_switched_off = False

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each mentor position."""
        capacity = np.array([p.mentoring.capacity for p in problem.mentors], dtype=np.int64)

        return KeyedLimit(
            rule=self.name,
            shape="mentor",
            members=(
                Membership(lambda mentors, mentees: np.broadcast_arrays(mentors, mentees)[0]),
            ),
            bounds=lambda codes: (np.zeros_like(capacity[codes]), capacity[codes]),
            label=lambda code: problem.mentors[code].reference,
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """The mentor's reference."""
        return ((mentor.reference, 1),)

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """From nobody to the mentor's capacity."""
        return 0, problem.by_reference[label].mentoring.capacity

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Mentors with more mentees than places."""
        loads = Counter(pair.mentor for pair in pairs)
        return [
            f"{mentor} has {counted(load, 'mentee')} and places for {most}"
            for mentor, load in sorted(loads.items())
            for _, most in (self.group_bounds(problem, mentor),)
            if load > most
        ]
