"""Whom somebody could have been paired with: everybody eligible, with points."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain.problem import Problem
from models.domain.result import MatchResult, Role
from solver.judge.facts import points_of, refusals
from solver.rulebook import Rules


@dataclass(frozen=True)
class Option:
    """An eligible pair, and whether it was made."""

    mentor: str
    mentee: str
    points: int
    made: bool

    def partner(self, role: Role) -> str:
        """The other one, for somebody in this role."""
        return self.mentee if role == "mentor" else self.mentor


def options_of(
    problem: Problem, rules: Rules, result: MatchResult, reference: str, role: Role
) -> list[Option]:
    """Every eligible partner of a mentor or a mentee of the round, most points first."""
    made = {(pair.mentor, pair.mentee) for pair in result.pairs}
    one = problem.by_reference[reference]
    pairs = [
        (one, other) if role == "mentor" else (other, one)
        for other in (problem.mentees if role == "mentor" else problem.mentors)
    ]
    found = [
        Option(
            mentor=mentor.reference,
            mentee=mentee.reference,
            points=points_of(problem, rules, mentor, mentee),
            made=(mentor.reference, mentee.reference) in made,
        )
        for mentor, mentee in pairs
        if not refusals(problem, rules, mentor, mentee)
    ]
    return sorted(found, key=lambda option: (-option.points, option.partner(role)))
