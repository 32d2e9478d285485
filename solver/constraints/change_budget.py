"""The rule `change_budget`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import Field

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.earlier import PairNames, most_together, standing_pairs
from solver.encoding import PairTable
from solver.judge.facts import refusals
from solver.rule import HardConstraint, KeyedLimit, Membership, Shares
from solver.rulebook import rules_given

KEPT = "kept"


class ChangeBudget(HardConstraint):
    """At most `most` pairs of the earlier result are broken that could have stood. A pair could
    have stood if both are in the round and eligible; where places no longer suffice, the least
    number that must break together is not counted."""

    most: int = Field(ge=0, le=1_000_000, strict=True)

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group: the earlier pairs that are eligible still."""
        standing = standing_pairs(problem)
        mentors = {p.reference: place for place, p in enumerate(problem.mentors)}
        mentees = {p.reference: place for place, p in enumerate(problem.mentees)}
        kept = PairTable(problem, {(mentors[m], mentees[e]): 1 for m, e in standing})
        least = self._least(problem, standing)
        return KeyedLimit(
            rule=self.name,
            shape="group",
            members=(Membership(lambda mentors, mentees: kept(mentors, mentees) - 1),),
            bounds=lambda codes: (
                np.full_like(codes, least),
                np.full_like(codes, len(standing)),
            ),
            label=lambda code: KEPT,
            code={KEPT: 0}.__getitem__,
            needed=(0,) if least else (),
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """The one group, for a pair of the earlier result that is eligible still."""
        if (mentor.person, mentee.person) not in problem.earlier_humans:
            return ()
        refused = refusals(problem, rules_given(problem.policy), mentor, mentee)
        return () if refused else ((KEPT, 1),)

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """As many as could stand together, less the budget; at most all."""
        if label != KEPT:
            raise KeyError(label)
        standing = standing_pairs(problem)
        return self._least(problem, standing), len(standing)

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Whether more are broken than may be."""
        standing = standing_pairs(problem)
        possible = most_together(problem, standing)
        kept = len({(pair.mentor, pair.mentee) for pair in pairs} & set(standing))
        if possible - kept <= self.most:
            return []
        broken = (
            f"of {possible} earlier pairs that could stand together {possible - kept} are broken"
        )
        return [f"{broken}, and at most {self.most} may be"]

    def _least(self, problem: Problem, standing: PairNames) -> int:
        return max(0, most_together(problem, standing) - self.most)
