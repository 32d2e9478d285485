"""The rule `group_minimum`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from pydantic import Field

from models.domain.base import canonical_json
from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.encoding import MISSING, two_texts
from solver.rule import (
    LARGEST_SIZE,
    HardConstraint,
    IntArray,
    KeyedLimit,
    Membership,
    Shares,
)


class GroupMinimum(HardConstraint):
    """A mentor takes no mentee, or at least `minimum`. Mentors with fewer places than
    `from_capacity` are not asked; of the others, those with fewer places than `minimum` take
    nobody."""

    sums_grow = False

    minimum: int = Field(ge=1, le=LARGEST_SIZE, strict=True)
    from_capacity: int = Field(default=1, ge=1, le=LARGEST_SIZE, strict=True)

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each pair of a mentor who is asked: minimum x pair <= the mentor's load."""
        capacity = np.array([p.mentoring.capacity for p in problem.mentors], dtype=np.int64)
        width = max(1, len(problem.mentees))

        def groups(mentors: IntArray, mentees: IntArray) -> IntArray:
            own = np.asarray(mentors, dtype=np.int64) * width + mentees
            return np.where(capacity[mentors] >= self.from_capacity, own, MISSING)

        def sizes(mentors: IntArray, mentees: IntArray) -> IntArray:
            shape = np.broadcast_shapes(np.shape(mentors), np.shape(mentees))
            return np.full(shape, self.minimum, dtype=np.int64)

        def label(code: int) -> str:
            mentor, mentee = divmod(code, width)
            return _label(problem.mentors[mentor].reference, problem.mentees[mentee].reference)

        def code(label: str) -> int:
            mentor, mentee = two_texts(label)
            return problem.mentor_at[mentor] * width + problem.mentee_at[mentee]

        return KeyedLimit(
            rule=self.name,
            shape="group",
            members=(Membership(groups, sizes, between=(self.minimum, self.minimum)),),
            bounds=lambda codes: (-capacity[codes // width], np.zeros_like(codes)),
            label=label,
            mentor_of=lambda codes: codes // width,
            code=code,
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """The pair itself, which counts the minimum."""
        if mentor.mentoring.capacity < self.from_capacity:
            return ()
        return ((_label(mentor.reference, mentee.reference), self.minimum),)

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """At most 0; no lower than where the mentor takes as many others as there are places."""
        mentor, _ = two_texts(label)
        return -problem.by_reference[mentor].mentoring.capacity, 0

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Mentors with some mentees, and fewer than the minimum."""
        loads = Counter(pair.mentor for pair in pairs)
        return [
            f"{mentor} has {load} {'mentee' if load == 1 else 'mentees'} "
            f"and takes none or at least {self.minimum}"
            for mentor, load in sorted(loads.items())
            if load < self.minimum
            and problem.by_reference[mentor].mentoring.capacity >= self.from_capacity
        ]

    def price_of_mentors(self, problem: Problem, prices: Mapping[str, int]) -> Mapping[str, int]:
        """Minus the sum of the prices of the mentor's groups."""
        found: Counter[str] = Counter()
        for label, price in prices.items():
            mentor, _ = two_texts(label)
            found[mentor] -= price
        return found


def _label(mentor: str, mentee: str) -> str:
    """The two references as a JSON list, which no reference can be mistaken for."""
    return canonical_json([mentor, mentee])
