"""A round that passes every check of the intake, and that nothing can answer."""

from __future__ import annotations

from typing import Any

from models.domain.problem import Problem
from tests.builders import a_mentee, a_mentor, a_policy, a_problem

COLLIDING: dict[str, dict[str, Any]] = {
    "coverage_floor": {"by": "grade", "percent": 100},
    "group_minimum": {"minimum": 4},
}
"""Everybody should have a mentor, and mentors of few places take nobody."""


def a_round_without_an_answer() -> Problem:
    """One mentor for one mentee, with a rule beside that stands in nobody's way."""
    return a_problem(a_mentor(), a_mentee(), policy=a_policy("same_team_apart", **COLLIDING))


def a_document_without_an_answer() -> dict[str, Any]:
    """Such a round as it is submitted."""
    return {
        "policy": {"profile": "civil-service", "rules": COLLIDING | {"same_team_apart": {}}},
        "participants": [
            {"reference": "M1", "grade": "Grade 7", "remote": True, "mentor": {}},
            {"reference": "E1", "grade": "SEO", "remote": True, "mentee": {}},
        ],
    }
