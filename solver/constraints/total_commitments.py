"""The rule `total_commitments`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from pydantic import Field

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.encoding import codes, for_each_side
from solver.rule import HardConstraint, KeyedLimit, Shares


class TotalCommitments(HardConstraint):
    """A person stands in at most `most` pairs over both roles, as mentor and as mentee together,
    under whichever references they are in the round."""

    most: int = Field(ge=1, le=1000, strict=True)

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each human; a pair counts for its mentor and for its mentee."""
        humans = sorted({p.person for p in (*problem.mentors, *problem.mentees)})
        number = {person: place for place, person in enumerate(humans)}
        _, giver, taker = codes(
            humans, [p.person for p in problem.mentors], [p.person for p in problem.mentees]
        )

        return KeyedLimit(
            rule=self.name,
            shape="group",
            members=for_each_side(giver, taker),
            bounds=lambda codes: (np.zeros_like(codes), np.full_like(codes, self.most)),
            label=lambda code: humans[code],
            code=number.__getitem__,
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """Both humans."""
        return ((mentor.person, 1), (mentee.person, 1))

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """From no pair to the most, whoever it is."""
        return 0, self.most

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Humans who stand in more pairs than the most."""
        counts = Counter(
            problem.person_of(reference)
            for pair in pairs
            for reference in (pair.mentor, pair.mentee)
        )
        return [
            f"{person} stands in {count} pairs over both roles and may stand in {self.most}"
            for person, count in sorted(counts.items())
            if count > self.most
        ]
