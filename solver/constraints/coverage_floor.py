"""The rule `coverage_floor`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import numpy as np
from pydantic import Field

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.encoding import codes
from solver.rule import HardConstraint, KeyedLimit, Minimum, Shares


class CoverageFloor(HardConstraint):
    """At least `percent` per cent of each group's mentees have a mentor. A group is everybody
    with the same department, profession, grade or home region (`by`), however few they are;
    who has none on record is in no group."""

    by: Literal["department", "profession", "grade", "home_region"]
    percent: int = Field(ge=1, le=100, strict=True)

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each value of the attribute; a mentee with a mentor counts 1."""
        sizes = self._sizes(problem)
        groups = sorted(sizes)
        _, matched = codes(groups, [self._group_of(mentee) for mentee in problem.mentees])
        most = np.array([sizes[group] for group in groups], dtype=np.int64)
        least = -(-most * self.percent // 100)
        return KeyedLimit(
            rule=self.name,
            shape="group",
            members=(),
            bounds=lambda codes: (least[codes], most[codes]),
            label=lambda code: groups[code],
            code={group: code for code, group in enumerate(groups)}.__getitem__,
            needed=tuple(range(len(groups))),
            matched=matched,
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """None: mentees count, not pairs."""
        return ()

    def matched_group(self, problem: Problem, mentee: Participant) -> str | None:
        """The mentee's value of the attribute."""
        return self._group_of(mentee)

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """The floor, rounded up to whole people, and everybody in the group."""
        size = sum(self._group_of(mentee) == label for mentee in problem.mentees)
        if not size:
            raise KeyError(label)
        return self._least(size), size

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Groups with too few mentees who have a mentor."""
        matched = {pair.mentee for pair in pairs}
        served = Counter(
            self._group_of(mentee) for mentee in problem.mentees if mentee.reference in matched
        )
        return [
            f"{served[group]} of the {size} mentees of {group} have a mentor, "
            f"and at least {self._least(size)} ({self.percent}%) should"
            for group, size in sorted(self._sizes(problem).items())
            if served[group] < self._least(size)
        ]

    def minimums(self, problem: Problem) -> list[Minimum]:
        """Each group's floor, and all of them together, against the mentors' places."""
        places = sum(mentor.mentoring.capacity for mentor in problem.mentors)
        sizes = sorted(self._sizes(problem).items())
        found = [
            Minimum(f"mentees of {group} with a mentor", self._least(size), min(size, places))
            for group, size in sizes
        ]
        wanted = sum(minimum.wanted for minimum in found)
        return [*found, Minimum("mentees of all groups with a mentor", wanted, places)]

    def _least(self, size: int) -> int:
        return -(-size * self.percent // 100)

    def _sizes(self, problem: Problem) -> dict[str, int]:
        """How many mentees each group has."""
        groups = (self._group_of(mentee) for mentee in problem.mentees)
        return dict(Counter(group for group in groups if group is not None))

    def _group_of(self, mentee: Participant) -> str | None:
        group: str | None = getattr(mentee, self.by)
        return group
