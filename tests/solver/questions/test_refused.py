"""Pairs that few rules refuse; `tests/properties` hold the remedies that follow to a solve."""

from __future__ import annotations

from models.domain.problem import Problem
from solver.questions.refused import Refusing
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


def refused(problem: Problem) -> set[tuple[str, str]]:
    """The pairs of all mentees that exactly one rule refuses."""
    everybody = range(len(problem.mentees))
    found = Refusing(problem, choose_rules(problem.policy)).among("mentee", everybody, (1,)).pairs
    return {
        (problem.mentors[m].reference, problem.mentees[e].reference)
        for m, e in zip(found.mentors.tolist(), found.mentees.tolist(), strict=True)
    }


def test_a_pin_that_stands_though_it_fails_a_rule_is_refused_by_none() -> None:
    """Nothing would be gained by waiving the rule once more."""
    people = a_mentor("M1", grade="AA", capacity=2), a_mentee("E1", wants=2), a_mentee("E2")
    policy = a_policy("grade_seniority")
    assert refused(a_problem(*people, policy=policy)) == {("M1", "E1"), ("M1", "E2")}
    waived = policy.model_copy(update={"on_conflict": "waive", "waivable": ("grade_seniority",)})
    assert refused(a_problem(*people, policy=waived, pins=[("M1", "E1")])) == {("M1", "E2")}
