"""The rule `share_limit`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import Field, model_validator

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.encoding import codes
from solver.rule import (
    BoolArray,
    HardConstraint,
    IntArray,
    KeyedLimit,
    Membership,
    PairTest,
    Shares,
)

CROSS_REGION = "cross_region"
GAP = "gap"


class ShareLimit(HardConstraint):
    """Of the pairs made, at most `cross_region_percent` per cent have different home regions,
    and at most `gap_percent` per cent are more than `gap` grades apart (the mentor's grade minus
    the mentee's). A pair crosses a region when both home regions are known."""

    sums_grow = False

    cross_region_percent: int | None = Field(default=None, ge=0, le=100, strict=True)
    gap: int | None = Field(default=None, ge=-100, le=100, strict=True)
    gap_percent: int | None = Field(default=None, ge=0, le=100, strict=True)

    @model_validator(mode="after")
    def _gap_with_its_share(self) -> ShareLimit:
        if (self.gap is None) != (self.gap_percent is None):
            raise ValueError("gap and gap_percent are given together, or neither of them")
        if self.cross_region_percent is None and self.gap is None:
            raise ValueError("it limits nothing: give cross_region_percent, or gap and gap_percent")
        return self

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each share: a pair that counts against it 100 - x, any other -x.

        The sum is 100 times the pairs that count against the share, less x for every pair.
        """
        shares = self._percents()
        labels = sorted(shares)
        percents = np.array([shares[label] for label in labels], dtype=np.int64)
        tests = {CROSS_REGION: _crossing(problem), GAP: self._wide(problem)}
        wants = sum(mentee.learning.wants for mentee in problem.mentees)
        return KeyedLimit(
            rule=self.name,
            shape="group",
            members=tuple(
                _membership(code, tests[label], shares[label]) for code, label in enumerate(labels)
            ),
            bounds=lambda codes: (-wants * percents[codes], np.zeros_like(codes)),
            label=lambda code: labels[code],
            code={label: code for code, label in enumerate(labels)}.__getitem__,
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """What the pair counts for each share, where that is not nothing."""
        return tuple(
            (label, size)
            for label, percent in self._percents().items()
            for size in [100 * self._counts(problem, label, mentor, mentee) - percent]
            if size
        )

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """At most 0; no lower than where every mentee is served and no pair counts."""
        wants = sum(mentee.learning.wants for mentee in problem.mentees)
        return -wants * self._percents()[label], 0

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Shares that are too large."""
        people = [(problem.by_reference[p.mentor], problem.by_reference[p.mentee]) for p in pairs]
        words = {
            CROSS_REGION: "have different home regions",
            GAP: f"are more than {self.gap} grade{'' if self.gap == 1 else 's'} apart",
        }
        return [
            f"{count} of {len(pairs)} pairs {words[label]}, and at most {percent}% may"
            for label, percent in self._percents().items()
            for count in [sum(self._counts(problem, label, *pair) for pair in people)]
            if 100 * count > percent * len(pairs)
        ]

    def _percents(self) -> dict[str, int]:
        """The largest share in per cent of each group that there is, by label."""
        given = {CROSS_REGION: self.cross_region_percent, GAP: self.gap_percent}
        return {label: percent for label, percent in given.items() if percent is not None}

    def _counts(
        self, problem: Problem, label: str, mentor: Participant, mentee: Participant
    ) -> bool:
        """Whether the pair counts against the share."""
        if label == CROSS_REGION:
            return None not in (mentor.home_region, mentee.home_region) and (
                mentor.home_region != mentee.home_region
            )
        gap = problem.grade_rank[mentor.grade] - problem.grade_rank[mentee.grade]
        return self.gap is not None and gap > self.gap

    def _wide(self, problem: Problem) -> PairTest:
        rank, gap = problem.grade_rank, self.gap or 0
        giver = np.array([rank[p.grade] for p in problem.mentors], dtype=np.int32)
        taker = np.array([rank[p.grade] for p in problem.mentees], dtype=np.int32)
        return lambda mentors, mentees: giver[mentors] - taker[mentees] > gap


def _crossing(problem: Problem) -> PairTest:
    giver, taker = codes(
        [p.home_region for p in problem.mentors], [p.home_region for p in problem.mentees]
    )

    def crosses(mentors: IntArray, mentees: IntArray) -> BoolArray:
        one, other = giver[mentors], taker[mentees]
        found: BoolArray = (one != other) & (one >= 0) & (other >= 0)
        return found

    return crosses


def _membership(code: int, test: PairTest, percent: int) -> Membership:
    def groups(mentors: IntArray, mentees: IntArray) -> IntArray:
        shape = np.broadcast_shapes(np.shape(mentors), np.shape(mentees))
        return np.full(shape, code, dtype=np.int64)

    def sizes(mentors: IntArray, mentees: IntArray) -> IntArray:
        return test(mentors, mentees) * np.int64(100) - percent

    return Membership(groups, sizes, between=(-percent, 100 - percent))
