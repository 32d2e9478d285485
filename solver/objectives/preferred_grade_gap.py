"""The rule `preferred_grade_gap`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

import numpy as np
from pydantic import BeforeValidator, Field

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import MOST_COLUMNS, one_hot
from solver.rule import FULL_VALUE, Ceiling, IntArray, PairValues, SoftObjective
from solver.wording import grades_compared


def _whole_number(key: object) -> object:
    """A key of a JSON object is text: here it must spell a whole number in the one usual way."""
    spelt = isinstance(key, str) and re.fullmatch("0|-?[1-9][0-9]{0,2}", key)
    return int(spelt[0]) if spelt else key


Gap = Annotated[int, BeforeValidator(_whole_number), Field(ge=-100, le=100, strict=True)]
Value = Annotated[int, Field(ge=0, le=FULL_VALUE, strict=True)]


class PreferredGradeGap(SoftObjective):
    """How welcome the gap between the two grades is: `values` gives each gap a value from 0 to
    1000, and any other gap is worth nothing."""

    looks_no_further = True

    values: Mapping[Gap, Value] = {1: 700, 2: 1000, 3: 500, 4: 250}

    def vectorised(self, problem: Problem) -> PairValues:
        """Looks the gap up in a table from the widest gap below to the widest above."""
        widest = len(problem.ladder)
        worth = self._worth(widest)
        giver, taker = _ranks(problem, problem.mentors), _ranks(problem, problem.mentees)
        return lambda mentors, mentees: worth[giver[mentors] - taker[mentees] + widest]

    def ceiling(self, problem: Problem) -> Ceiling | None:
        """The value itself: a column for each grade of a mentee."""
        grades = len(problem.ladder)
        if grades > MOST_COLUMNS:
            return None
        taker = one_hot(_ranks(problem, problem.mentees), grades)
        gaps = _ranks(problem, problem.mentors)[:, None] - np.arange(grades)
        return Ceiling(self._worth(grades)[gaps + grades].astype(np.float32), taker)

    def value(self, problem: Problem, mentor: Participant, mentee: Participant) -> int:
        """The value of the mentor's grade minus the mentee's."""
        gap = problem.grade_rank[mentor.grade] - problem.grade_rank[mentee.grade]
        return self.values.get(gap, 0)

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Both grades, and how welcome their gap is."""
        value = self.value(problem, mentor, mentee)
        if value == 0:
            welcome = "not a preferred gap"
        elif value == max(self.values.values()):
            welcome = "the gap preferred most"
        else:
            welcome = "a preferred gap"
        return f"{grades_compared(problem, mentor, mentee)}, {welcome}"

    def _worth(self, widest: int) -> IntArray:
        return np.array([self.values.get(g, 0) for g in range(-widest, widest + 1)], dtype=np.int32)


def _ranks(problem: Problem, people: Sequence[Participant]) -> IntArray:
    rank = problem.grade_rank
    return np.array([rank[p.grade] for p in people], dtype=np.int32)
