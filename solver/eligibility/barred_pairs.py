"""The rule `barred_pairs`."""

from __future__ import annotations

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import PairTable
from solver.rule import EligibilityRule, IntArray, PairTest


class BarredPairs(EligibilityRule):
    """Neither of the two is on the other's never-pair list for that side, and no planner has
    barred them from being paired in this direction."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairTest:
        """Looks the pair up among everything that is barred."""
        table = _barred(problem)
        return lambda mentors, mentees: table(mentors, mentees) == 0

    def refused(self, problem: Problem) -> tuple[IntArray, IntArray]:
        """Everything that is barred."""
        return _barred(problem).listed

    def permits(self, problem: Problem, mentor: Participant, mentee: Participant) -> bool:
        """Whether nobody has barred the pair."""
        return not self._barred_by(problem, mentor, mentee)

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Everybody who has barred the pair."""
        barred_by = self._barred_by(problem, mentor, mentee)
        return " and ".join(barred_by) or "neither avoids the other, and no planner has barred them"

    def _barred_by(self, problem: Problem, mentor: Participant, mentee: Participant) -> list[str]:
        found = []
        if mentee.person in map(problem.person_of, mentor.mentoring.avoids):
            found.append(f"the mentor {mentor.reference} avoids {mentee.reference}")
        if mentor.person in map(problem.person_of, mentee.learning.avoids):
            found.append(f"the mentee {mentee.reference} avoids {mentor.reference}")
        if (mentor.person, mentee.person) in problem.barred_humans:
            found.append(
                f"a planner has barred {mentor.reference} from mentoring {mentee.reference}"
            )
        return found


def _barred(problem: Problem) -> PairTable:
    by_mentors = [
        (mentor.person, problem.person_of(name))
        for mentor in problem.mentors
        for name in mentor.mentoring.avoids
    ]
    by_mentees = [
        (problem.person_of(name), mentee.person)
        for mentee in problem.mentees
        for name in mentee.learning.avoids
    ]
    barred = dict.fromkeys([*by_mentors, *by_mentees, *problem.barred_humans], 1)
    return PairTable.of_humans(problem, barred)
