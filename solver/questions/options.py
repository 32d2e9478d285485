"""Whom somebody could have been paired with: everybody eligible, with points."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from models.domain.problem import Problem
from models.domain.result import Role
from solver.judge.facts import points_of, refusals
from solver.questions.changes import Made
from solver.questions.forcing import Forcing
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
    problem: Problem,
    rules: Rules,
    made: Collection[Made],
    reference: str,
    role: Role,
    forcing: Forcing | None = None,
) -> list[Option]:
    """Every eligible partner of a mentor or a mentee of the round, most points first.

    A residual network, where there is one, has them all at hand.
    """
    pairs = (
        _at_hand(forcing, reference, role) if forcing else _asked(problem, rules, reference, role)
    )
    found = [
        Option(mentor, mentee, points, made=(mentor, mentee) in made)
        for mentor, mentee, points in pairs
    ]
    return sorted(found, key=lambda option: (-option.points, option.partner(role)))


def _at_hand(forcing: Forcing, reference: str, role: Role) -> Iterator[tuple[str, str, int]]:
    residual = forcing.residual
    if role == "mentor":
        places = np.flatnonzero(residual.every.mentors == residual.mentor_place[reference])
    else:
        places = np.flatnonzero(residual.every.mentees == residual.mentee_place[reference])
    for place in places.tolist():
        yield *forcing.pair(place), int(residual.every.points[place])


def _asked(
    problem: Problem, rules: Rules, reference: str, role: Role
) -> Iterator[tuple[str, str, int]]:
    one = problem.by_reference[reference]
    for other in problem.mentees if role == "mentor" else problem.mentors:
        mentor, mentee = (one, other) if role == "mentor" else (other, one)
        if not refusals(problem, rules, mentor, mentee):
            points = points_of(problem, rules, mentor, mentee)
            yield mentor.reference, mentee.reference, points
