"""The rule `previous_pairs`."""

from __future__ import annotations

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import PairTable
from solver.rule import EligibilityRule, IntArray, PairTest


class PreviousPairs(EligibilityRule):
    """The two were not paired in an earlier round, whichever of them mentored the other: it is
    enough that one of them lists the other."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairTest:
        """Looks the pair up in the lists, read in both directions."""
        table = _met(problem)
        return lambda mentors, mentees: table(mentors, mentees) == 0

    def refused(self, problem: Problem) -> tuple[IntArray, IntArray]:
        """Everybody in the lists, read in both directions."""
        return _met(problem).listed

    def permits(self, problem: Problem, mentor: Participant, mentee: Participant) -> bool:
        """Looks for each in the other's list."""
        return not (_lists(problem, mentor, mentee) or _lists(problem, mentee, mentor))

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Who lists whom."""
        for one, other in ((mentor, mentee), (mentee, mentor)):
            if _lists(problem, one, other):
                return f"{one.reference} lists {other.reference} as an earlier partner"
        return "neither lists the other as an earlier partner"


def _lists(problem: Problem, one: Participant, other: Participant) -> bool:
    """Whether the first human lists the second, each under whichever reference."""
    return any(
        problem.person_of(name) == other.person
        for row in problem.by_person[one.person]
        for name in row.previous_pairs
    )


def _met(problem: Problem) -> PairTable:
    met = [
        (participant.person, problem.person_of(name))
        for participant in problem.participants
        for name in participant.previous_pairs
    ]
    both_ways = dict.fromkeys([*met, *((b, a) for a, b in met)], 1)
    return PairTable.of_humans(problem, both_ways)
