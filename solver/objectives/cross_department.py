"""The rule `cross_department`."""

from __future__ import annotations

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import equal, in_full
from solver.rule import FULL_VALUE, PairValues, SoftObjective
from solver.wording import departments_compared


class CrossDepartment(SoftObjective):
    """The two work in different departments. A department that is not given counts as
    different from every other."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairValues:
        """Full value unless the two departments are given and the same."""
        same = equal(
            [p.department for p in problem.mentors], [p.department for p in problem.mentees]
        )
        return in_full(lambda mentors, mentees: ~same(mentors, mentees))

    def value(self, problem: Problem, mentor: Participant, mentee: Participant) -> int:
        """Full value unless the two departments are given and the same."""
        differ = mentor.department is None or mentor.department != mentee.department
        return FULL_VALUE if differ else 0

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Both departments."""
        return departments_compared(mentor, mentee)
