"""The rule `different_department`."""

from __future__ import annotations

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import equal
from solver.rule import EligibilityRule, PairTest
from solver.wording import departments_compared


class DifferentDepartment(EligibilityRule):
    """The two work in different departments. A department that is not given counts as
    different from every other."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairTest:
        """Compares the two departments."""
        same = equal(
            [p.department for p in problem.mentors], [p.department for p in problem.mentees]
        )
        return lambda mentors, mentees: ~same(mentors, mentees)

    def permits(self, problem: Problem, mentor: Participant, mentee: Participant) -> bool:
        """Compares the two departments."""
        return mentor.department is None or mentor.department != mentee.department

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Both departments."""
        compared = departments_compared(mentor, mentee)
        if self.permits(problem, mentor, mentee):
            return compared
        return f"{compared}, and the two should differ"
