"""The second opinion: do these assignments keep every hard rule, and what are they worth?

Plain Python from the problem alone. It shares no code with the search, and an answer that
it rejects is never published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pydantic import Field

from models.domain.base import Frozen
from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.judge.facts import PairFacts
from solver.levels import LEVELS, value_of
from solver.modes import searched_mode
from solver.rulebook import Rules


class Audit(Frozen):
    """What the audit found: every breach as a sentence, points by pair, values by level.

    `points` lie along the audited pairs; both it and `values` are empty where a pair names
    somebody who is not in the round.
    """

    breaches: tuple[str, ...]
    points: tuple[int, ...] = ()
    values: dict[str, int] = Field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.breaches


class AuditRejectedError(RuntimeError):
    """An answer breaks hard rules: `breaches` has a sentence for each."""

    def __init__(self, breaches: Sequence[str]) -> None:
        super().__init__("; ".join(breaches))
        self.breaches = tuple(breaches)


def audit(
    problem: Problem, rules: Rules, pairs: Sequence[Pair], facts: PairFacts | None = None
) -> Audit:
    """Tests every hard rule on the assignments and recomputes every level in whole numbers.

    `facts` are those that somebody has at hand; the others are asked for.
    """
    strangers = _strangers(problem, pairs)
    if strangers:
        return Audit(breaches=tuple(strangers))
    people = [(problem.by_reference[p.mentor], problem.by_reference[p.mentee]) for p in pairs]
    breaches = [
        f"{mentor} and {mentee} are paired {count} times"
        for (mentor, mentee), count in Counter((p.mentor, p.mentee) for p in pairs).items()
        if count > 1
    ]
    facts = facts or PairFacts(problem, rules)
    found = [facts.of(mentor, mentee) for mentor, mentee in people]
    for (mentor, mentee), (_, refusals) in zip(people, found, strict=True):
        breaches += [
            f"{mentor.reference} may not mentor {mentee.reference} ({rule}): {because}"
            for rule, because in refusals
        ]
    for constraint in rules.constraints:
        breaches += constraint.breaches(problem, pairs)
    points = tuple(points for points, _ in found)
    worth = list(zip(pairs, points, strict=True))
    values = values_of(problem, rules, worth, problem.policy.levels)
    return Audit(breaches=tuple(breaches), points=points, values=values)


def values_of(
    problem: Problem, rules: Rules, worth: Sequence[tuple[Pair, int]], names: Sequence[str]
) -> dict[str, int]:
    """The values of some of the policy's levels for pairs with their points."""
    triples = [(pair.mentor, pair.mentee, points) for pair, points in worth]
    mode = searched_mode(problem.policy)
    return {
        name: mode.value_of(problem, rules, worth)
        if mode and name == mode.level
        else value_of(LEVELS[name], problem, rules, triples)
        for name in names
    }


def _strangers(problem: Problem, pairs: Sequence[Pair]) -> list[str]:
    mentors, mentees = problem.mentor_at, problem.mentee_at
    return [
        f"{reference} is not a {role} of this round"
        for pair in pairs
        for reference, role, known in (
            (pair.mentor, "mentor", mentors),
            (pair.mentee, "mentee", mentees),
        )
        if reference not in known
    ]
