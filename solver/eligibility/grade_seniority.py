"""The rule `grade_seniority`."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.rule import BoolArray, Classes, EligibilityRule, IntArray, PairTest


class GradeSeniority(EligibilityRule):
    """The mentor's grade is at least `min_gap` and at most `max_gap` grades above the mentee's
    on the programme's ladder; without `max_gap` there is no upper end."""

    dense = True

    min_gap: int = Field(default=1, ge=-100, le=100, strict=True)
    max_gap: int | None = Field(default=None, ge=-100, le=100, strict=True)

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
        """Both grades and how far apart they are."""
        gap = problem.grade_rank[mentor.grade] - problem.grade_rank[mentee.grade]
        return f"{mentor.grade} is {_steps(gap)} {mentee.grade}"

    def _within(self, gaps: IntArray) -> BoolArray:
        enough = gaps >= self.min_gap
        return enough if self.max_gap is None else enough & (gaps <= self.max_gap)


def _steps(gap: int) -> str:
    words = {1: "one grade", 2: "two grades", 3: "three grades", 4: "four grades"}
    if gap == 0:
        return "the same grade as"
    count = words.get(abs(gap), f"{abs(gap)} grades")
    return f"{count} {'above' if gap > 0 else 'below'}"
