"""The rule `keep_pairs`."""

from __future__ import annotations

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import PairTable
from solver.rule import FULL_VALUE, Ceiling, SoftObjective


class KeepPairs(SoftObjective):
    """The pair stands in the earlier result, so making it again keeps it going."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairTable:
        """Looks the pair up in the earlier result."""
        return PairTable.of_humans(problem, dict.fromkeys(problem.earlier_humans, FULL_VALUE))

    def ceiling(self, problem: Problem) -> Ceiling:
        """Nothing, but for the pairs of the earlier result."""
        return self.vectorised(problem).ceiling(problem)

    def value(self, problem: Problem, mentor: Participant, mentee: Participant) -> int:
        """Full value for a pair of the earlier result, in the same direction."""
        return FULL_VALUE if (mentor.person, mentee.person) in problem.earlier_humans else 0

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Whether the pair stands in the earlier result, and how far it had come."""
        earlier = problem.earlier_humans.get((mentor.person, mentee.person))
        if earlier is None:
            return "not a pair of the earlier result"
        return f"a pair of the earlier result, where it is {earlier.state}"
