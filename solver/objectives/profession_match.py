"""The rule `profession_match`."""

from __future__ import annotations

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import equal, equal_ceiling, in_full
from solver.rule import FULL_VALUE, Ceiling, PairValues, SoftObjective
from solver.wording import gap_on_record


class ProfessionMatch(SoftObjective):
    """The two have the same profession. A profession that is not given matches nothing."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairValues:
        """Full value where the two professions are given and the same."""
        return in_full(
            equal([p.profession for p in problem.mentors], [p.profession for p in problem.mentees])
        )

    def ceiling(self, problem: Problem) -> Ceiling:
        """The value itself: a column for each profession."""
        return equal_ceiling(
            [p.profession for p in problem.mentors], [p.profession for p in problem.mentees]
        )

    def value(self, problem: Problem, mentor: Participant, mentee: Participant) -> int:
        """Full value where the two professions are given and the same."""
        same = mentor.profession is not None and mentor.profession == mentee.profession
        return FULL_VALUE if same else 0

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Both professions."""
        gap = gap_on_record("profession", mentor.profession, mentee.profession)
        if gap:
            return gap
        if mentor.profession == mentee.profession:
            return f"both are in the profession {mentor.profession}"
        return f"the mentor's profession is {mentor.profession}, the mentee's {mentee.profession}"
