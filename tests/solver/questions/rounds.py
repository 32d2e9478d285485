"""Small rounds that several kinds of questions are asked about."""

from __future__ import annotations

from models.domain.problem import Problem
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


def two_and_two() -> Problem:
    """M1 offers what both seek; M2 offers nothing to E1 and a third of what E2 seeks."""
    return a_problem(
        a_mentor("M1", offers=("leadership", "finance")),
        a_mentor("M2", offers=("finance",)),
        a_mentee("E1", seeks=("leadership",)),
        a_mentee("E2", seeks=("leadership", "finance")),
        policy=a_policy(expertise_overlap={"weight": 40}),
    )
