"""The rule `different_person`."""

from __future__ import annotations

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import codes, equal, equal_pairs
from solver.rule import EligibilityRule, IntArray, PairTest


class DifferentPerson(EligibilityRule):
    """Nobody is their own mentor, also where one person stands in the round under two
    references."""

    can_be_switched_off = False
    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairTest:
        """Compares the humans behind the two references."""
        same = equal([p.person for p in problem.mentors], [p.person for p in problem.mentees])
        return lambda mentors, mentees: ~same(mentors, mentees)

    def refused(self, problem: Problem) -> tuple[IntArray, IntArray] | None:
        """Everybody with themselves."""
        return equal_pairs(
            *codes([p.person for p in problem.mentors], [p.person for p in problem.mentees])
        )

    def permits(self, problem: Problem, mentor: Participant, mentee: Participant) -> bool:
        """Compares the humans behind the two references."""
        return mentor.person != mentee.person

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Both references."""
        if mentor.reference == mentee.reference:
            return f"{mentor.reference} would be their own mentor"
        are = "are different people" if mentor.person != mentee.person else "are one person"
        return f"{mentor.reference} and {mentee.reference} {are}"
