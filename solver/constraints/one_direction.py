"""The rule `one_direction`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.domain.base import canonical_json
from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.encoding import MISSING, two_texts
from solver.rule import HardConstraint, IntArray, KeyedLimit, Membership, Shares


class OneDirection(HardConstraint):
    """Two people never mentor each other, under whichever references they stand in the round."""

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each two humans who both stand on both sides."""
        humans = _on_both_sides(problem)
        number = {person: place for place, person in enumerate(humans)}
        giver = np.array([number.get(p.person, MISSING) for p in problem.mentors], dtype=np.int32)
        taker = np.array([number.get(p.person, MISSING) for p in problem.mentees], dtype=np.int32)

        def groups(mentors: IntArray, mentees: IntArray) -> IntArray:
            one, other = np.broadcast_arrays(giver[mentors], taker[mentees])
            both = (one != MISSING) & (other != MISSING) & (one != other)
            low, high = np.minimum(one[both], other[both]), np.maximum(one[both], other[both])
            found = np.full(one.shape, MISSING, dtype=np.int64)
            found[both] = low.astype(np.int64) * len(humans) + high
            return found

        def code(label: str) -> int:
            low, high = two_texts(label)
            return number[low] * len(humans) + number[high]

        return KeyedLimit(
            rule=self.name,
            shape="group",
            members=(Membership(groups),),
            bounds=lambda codes: (np.zeros_like(codes), np.ones_like(codes)),
            label=lambda code: _label(*(humans[place] for place in divmod(code, len(humans)))),
            code=code,
            people=(giver != MISSING, taker != MISSING),
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """Both humans, where each of them stands on both sides."""
        low, high = sorted((mentor.person, mentee.person))
        if low == high or not all(_gives_and_takes(problem, person) for person in (low, high)):
            return ()
        return ((_label(low, high), 1),)

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """At most one of the two directions."""
        return 0, 1

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Humans who mentor each other."""
        made = {(problem.person_of(pair.mentor), problem.person_of(pair.mentee)) for pair in pairs}
        return [
            f"{one} and {other} mentor each other"
            for one, other in sorted(made)
            if one < other and (other, one) in made
        ]


def _on_both_sides(problem: Problem) -> list[str]:
    """The humans who stand both among the mentors and among the mentees, in sorted order."""
    takers = problem.mentee_places
    return sorted(person for person in problem.mentor_places if person in takers)


def _gives_and_takes(problem: Problem, person: str) -> bool:
    rows = problem.by_person[person]
    gives = any(row.mentor is not None and row.mentor.capacity > 0 for row in rows)
    return gives and any(row.mentee is not None and row.mentee.wants > 0 for row in rows)


def _label(low: str, high: str) -> str:
    """The two humans as a JSON list, which no text of theirs can be mistaken for."""
    return canonical_json([low, high])
