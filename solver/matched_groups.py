"""Limits that count, group by group, the mentees who have a mentor."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import numpy as np

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.encoding import codes
from solver.rule import HardConstraint, KeyedLimit, Shares

Attribute = Literal["department", "profession", "grade", "home_region"]
"""What a group has in common; who has none on record is in no group."""

MILLION = 1_000_000
"""Rates are whole numbers of parts per million."""


def group_sizes(problem: Problem, by: Attribute) -> dict[str, int]:
    """How many mentees each group has, in the order of the groups' names."""
    return _counted(problem.mentees, by)


def matched_in_groups(problem: Problem, by: Attribute, pairs: Sequence[Pair]) -> dict[str, int]:
    """How many mentees of each group have a mentor; a group without any is left out."""
    matched = {pair.mentee for pair in pairs}
    return _counted([m for m in problem.mentees if m.reference in matched], by)


def _counted(mentees: Sequence[Participant], by: Attribute) -> dict[str, int]:
    groups = Counter(group for m in mentees if (group := _group_of(m, by)) is not None)
    return dict(sorted(groups.items()))


def _group_of(mentee: Participant, by: Attribute) -> str | None:
    group: str | None = getattr(mentee, by)
    return group


class MatchedGroups(HardConstraint):
    """At least so many mentees of each group have a mentor."""

    by: Attribute

    @abstractmethod
    def least(self, size: int) -> int:
        """How many of a group of so many mentees have to have a mentor."""

    @property
    @abstractmethod
    def demand(self) -> str:
        """What is asked of each group, as it stands in brackets behind a number of mentees."""

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each value of the attribute; a mentee with a mentor counts 1."""
        sizes = group_sizes(problem, self.by)
        groups = list(sizes)
        _, matched = codes(groups, [_group_of(mentee, self.by) for mentee in problem.mentees])
        most = np.array(list(sizes.values()), dtype=np.int64)
        least = np.array([self.least(size) for size in sizes.values()], dtype=np.int64)
        return KeyedLimit(
            rule=self.name,
            shape="group",
            members=(),
            bounds=lambda codes: (least[codes], most[codes]),
            label=lambda code: groups[code],
            code={group: code for code, group in enumerate(groups)}.__getitem__,
            needed=tuple(np.flatnonzero(least > 0).tolist()),
            matched=matched,
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """None: mentees count, not pairs."""
        return ()

    def matched_group(self, problem: Problem, mentee: Participant) -> str | None:
        """The mentee's value of the attribute."""
        return _group_of(mentee, self.by)

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """What the group is asked for, and everybody in it."""
        size = group_sizes(problem, self.by)[label]
        return self.least(size), size

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Groups with too few mentees who have a mentor."""
        served = matched_in_groups(problem, self.by, pairs)
        return [
            f"{served.get(group, 0)} of the {size} mentees of {group} have a mentor, "
            f"and at least {self.least(size)} ({self.demand}) should"
            for group, size in group_sizes(problem, self.by).items()
            if served.get(group, 0) < self.least(size)
        ]
