"""Rounds of some tens of people with every side rule on, at limits that bite."""

from __future__ import annotations

from random import Random
from typing import Any

from models.domain.problem import Problem
from models.reference import civil_service
from scenarios.side_rules import Tightness, round_before_side_rules, with_side_rules
from solver.intake import read_round
from tests.in_process import solve_here

LIMITS = (
    Tightness(load_percent=150, commitments=3, coverage_percent=20, changes_percent=60),
    Tightness(load_percent=120, commitments=2, coverage_percent=40, changes_percent=40),
    Tightness(load_percent=105, commitments=2, coverage_percent=60, changes_percent=25),
)
"""Rounds of some tens of people need more room than large ones: few pairs round to none."""


def a_medium_round(seed: int, most_people: int = 40) -> Problem:
    """The round of a seed: from half as many to all of these on either side, some on both.

    Most can be solved. A coverage floor that the intake refuses, because a group has too few
    mentors, is left out.
    """
    chance = Random(seed)
    mentors, mentees = (chance.randint(most_people // 2, most_people) for _ in range(2))
    both = chance.randint(0, min(mentors, mentees) // 2)
    before = round_before_side_rules(mentors, mentees, both, seed)
    problem = _read(before)
    assert problem is not None
    answer = solve_here(problem).assignments
    limited = with_side_rules(before, answer, chance.choice(LIMITS), seed)
    found = _read(limited)
    if found is None:
        del limited["policy"]["rules"]["coverage_floor"]
        found = _read(limited)
    assert found is not None
    return found


def _read(document: dict[str, Any]) -> Problem | None:
    return read_round(document, civil_service()).problem
