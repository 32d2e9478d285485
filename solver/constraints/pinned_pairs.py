"""The rule `pinned_pairs`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.domain.base import canonical_json
from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.encoding import PairTable
from solver.rule import HardConstraint, KeyedLimit, Membership, Shares


class PinnedPairs(HardConstraint):
    """The pairs that a planner has pinned must be made."""

    can_be_switched_off = False

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each pin: its pair is made, once."""
        givers = {p.reference: place for place, p in enumerate(problem.mentors)}
        takers = {p.reference: place for place, p in enumerate(problem.mentees)}
        numbers = PairTable(
            problem,
            {
                (givers[pin.mentor], takers[pin.mentee]): number
                for number, pin in enumerate(problem.pins, start=1)
                if pin.mentor in givers and pin.mentee in takers
            },
        )
        return KeyedLimit(
            rule=self.name,
            shape="pair",
            members=(Membership(lambda mentors, mentees: numbers(mentors, mentees) - 1),),
            bounds=lambda codes: (np.ones_like(codes), np.ones_like(codes)),
            label=lambda code: _label(problem.pins[code].mentor, problem.pins[code].mentee),
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """Both references, where the pair is pinned."""
        pair = (mentor.reference, mentee.reference)
        return ((_label(*pair), 1),) if pair in problem.pinned else ()

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """A pinned pair is made, once."""
        if label not in {_label(*pin) for pin in problem.pinned}:
            raise KeyError(label)
        return 1, 1

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Pins that are not among the pairs."""
        made = {(pair.mentor, pair.mentee) for pair in pairs}
        return [
            f"{pin.mentor} is pinned to {pin.mentee}, and the two are not paired"
            for pin in problem.pins
            if (pin.mentor, pin.mentee) not in made
        ]


def _label(mentor: str, mentee: str) -> str:
    """The two references as a JSON list, which no reference can be mistaken for."""
    return canonical_json([mentor, mentee])
