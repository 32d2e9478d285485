"""The rule `grade_seniority`."""

from __future__ import annotations

import numpy as np
from pydantic import Field, ValidationInfo, field_validator

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.rule import BoolArray, Classes, EligibilityRule, IntArray, PairTest
from solver.wording import grades_apart, grades_compared


class GradeSeniority(EligibilityRule):
    """The mentor's grade is at least `min_gap` and at most `max_gap` grades above the mentee's
    on the programme's ladder; without `max_gap` there is no upper end."""

    dense = True
    looks_no_further = True

    min_gap: int = Field(default=1, ge=-100, le=100, strict=True)
    max_gap: int | None = Field(default=None, ge=-100, le=100, strict=True)

    @field_validator("max_gap")
    @classmethod
    def _not_below_the_least(cls, max_gap: int | None, given: ValidationInfo) -> int | None:
        min_gap = given.data.get("min_gap")
        if max_gap is not None and min_gap is not None and max_gap < min_gap:
            raise ValueError(
                f"max_gap {max_gap} is below min_gap {min_gap}, so no pair could stand"
            )
        return max_gap

    def classes(self, problem: Problem) -> Classes:
        """One class for each grade."""
        rank = problem.grade_rank
        steps = np.arange(len(problem.ladder))
        return Classes(
            mentors=np.array([rank[p.grade] for p in problem.mentors], dtype=np.int32),
            mentees=np.array([rank[p.grade] for p in problem.mentees], dtype=np.int32),
            compatible=self._within(steps[:, None] - steps[None, :]),
        )

    def vectorised(self, problem: Problem) -> PairTest:
        """Compares the two ranks on the ladder."""
        sorted_by_grade = self.classes(problem)
        return lambda mentors, mentees: self._within(
            sorted_by_grade.mentors[mentors] - sorted_by_grade.mentees[mentees]
        )

    def permits(self, problem: Problem, mentor: Participant, mentee: Participant) -> bool:
        """Compares the two ranks on the ladder."""
        gap = problem.grade_rank[mentor.grade] - problem.grade_rank[mentee.grade]
        return self.min_gap <= gap and (self.max_gap is None or gap <= self.max_gap)

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Both grades and how far apart they are; where refused, how far they should be."""
        compared = grades_compared(problem, mentor, mentee)
        if self.permits(problem, mentor, mentee):
            return compared
        return f"{compared}, and the mentor should be {self._wanted()}"

    def _wanted(self) -> str:
        """The gap that is asked for, in words."""
        if self.max_gap is None:
            return f"at least {grades_apart(self.min_gap)}"
        if self.min_gap == self.max_gap:
            return grades_apart(self.min_gap)
        return f"between {grades_apart(self.min_gap)} and {grades_apart(self.max_gap)}"

    def _within(self, gaps: IntArray) -> BoolArray:
        enough = gaps >= self.min_gap
        return enough if self.max_gap is None else enough & (gaps <= self.max_gap)
