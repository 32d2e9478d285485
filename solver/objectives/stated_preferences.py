"""The rule `stated_preferences`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import PairTable
from solver.rule import FULL_VALUE, Ceiling, SoftObjective
from solver.wording import ordinal


class StatedPreferences(SoftObjective):
    """How high each of the two stands in the other's list of preferred people: of k people the
    first counts in full, the last one k-th; half the value comes from each side."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairTable:
        """Works out every pair that a list names, and looks pairs up among them."""
        by_mentors = {
            (mentor.person, person): place
            for mentor in problem.mentors
            if mentor.mentoring.prefers
            for person, place in _places(problem, mentor.mentoring.prefers).items()
        }
        by_mentees = {
            (person, mentee.person): place
            for mentee in problem.mentees
            if mentee.learning.prefers
            for person, place in _places(problem, mentee.learning.prefers).items()
        }
        values = {}
        for pair in by_mentors | by_mentees:
            left, length = by_mentors.get(pair, (0, 1))
            left_too, length_too = by_mentees.get(pair, (0, 1))
            both = left * length_too + left_too * length
            values[pair] = FULL_VALUE * both // (2 * length * length_too)
        return PairTable.of_humans(problem, values)

    def ceiling(self, problem: Problem) -> Ceiling:
        """Nothing, but for the pairs that a list names."""
        return self.vectorised(problem).ceiling(problem)

    def value(self, problem: Problem, mentor: Participant, mentee: Participant) -> int:
        """Half the sum of both sides' (k - r) × 1000 / k, for place r from 0 of k; rounded down
        once. A side that does not list the other gives 0."""
        if not mentor.mentoring.prefers and not mentee.learning.prefers:
            return 0
        shares = [
            Fraction(*_places(problem, prefers).get(other.person, (0, 1)))
            for prefers, other in (
                (mentor.mentoring.prefers, mentee),
                (mentee.learning.prefers, mentor),
            )
        ]
        return int(FULL_VALUE * sum(shares) / 2)

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """The place of each in the other's list."""
        mentees_list = _places(problem, mentee.learning.prefers)
        mentors_list = _places(problem, mentor.mentoring.prefers)
        if not mentees_list and not mentors_list:
            return "neither names anybody in this round whom they would prefer"
        return (
            f"the mentor {_standing(mentees_list, mentor)} the mentee's list and "
            f"the mentee {_standing(mentors_list, mentee)} the mentor's list"
        )


def _places(problem: Problem, prefers: Sequence[str]) -> dict[str, tuple[int, int]]:
    """For each human listed, (k - r, k): how many places are left from theirs on, of how many.

    Names that are not in the round are left out before anything is counted.
    """
    people = [problem.person_of(name) for name in prefers]
    present = [person for person in people if person in problem.by_person]
    places: dict[str, tuple[int, int]] = {}
    for place, person in enumerate(present):
        places.setdefault(person, (len(present) - place, len(present)))
    return places


def _standing(places: dict[str, tuple[int, int]], participant: Participant) -> str:
    if participant.person not in places:
        return "is not on"
    left, length = places[participant.person]
    return f"is {ordinal(length - left + 1)} of {length} on"
