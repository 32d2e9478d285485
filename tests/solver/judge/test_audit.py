from __future__ import annotations

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.judge.audit import Audit, AuditRejectedError, audit
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem


def audited(problem: Problem, *pairs: tuple[str, str]) -> Audit:
    made = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in pairs]
    return audit(problem, choose_rules(problem.policy), made)


def test_pairs_that_keep_every_rule_are_accepted_with_points_and_values() -> None:
    problem = a_problem(
        a_mentor("M1", capacity=2, offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2", seeks=("law", "data")),
    )
    found = audited(problem, ("M1", "E2"), ("M1", "E1"))
    assert found.accepted
    assert found.points == (40 * 666, 40_000)
    assert found.values["mentees_matched"] == 2
    assert found.values["points"] == 40 * 666 + 40_000
    assert list(found.values) == ["mentees_matched", "points", "lottery"]


def test_no_pairs_are_worth_nothing() -> None:
    found = audited(a_problem())
    assert found == Audit(breaches=(), values={"mentees_matched": 0, "points": 0, "lottery": 0})


def test_what_loads_cost_is_taken_from_the_points_and_from_no_pair() -> None:
    problem = a_problem(
        a_mentor("M1", capacity=3),
        *(a_mentee(f"E{n}") for n in range(3)),
        policy=a_policy(balanced_load={"weight": 5}),
    )
    found = audited(problem, *(("M1", f"E{n}") for n in range(3)))
    assert found.points == (0, 0, 0)
    assert found.values["points"] == -(500 + 1_000)


def test_every_breach_of_every_rule_is_named() -> None:
    problem = a_problem(
        a_person("A"),
        a_person("B"),
        a_mentor("M1"),
        a_mentee("E1", grade="SCS1"),
        a_mentee("E2"),
        policy=a_policy("one_direction", grade_seniority={"min_gap": 0}),
        pins=[("M1", "E2")],
    )
    found = audited(problem, ("A", "B"), ("B", "A"), ("A", "E1"), ("A", "E2"))
    assert not found.accepted
    assert found.breaches == (
        (
            "A may not mentor E1 (grade_seniority): SEO is three grades below SCS1, "
            "and the mentor should be at least at the same grade"
        ),
        "A has 3 mentees and places for 1",
        "A and B mentor each other",
        "M1 is pinned to E2, and the two are not paired",
    )


def test_a_pair_that_is_made_twice_is_a_breach_of_its_own() -> None:
    problem = a_problem(a_mentor("M1", capacity=2), a_mentee("E1", wants=2))
    assert audited(problem, ("M1", "E1"), ("M1", "E1")).breaches == (
        "M1 and E1 are paired 2 times",
    )


def test_a_floor_on_points_is_audited_too() -> None:
    problem = a_problem(policy=a_policy(quality_floor={"points": 1}))
    assert audited(problem, ("M1", "E1")).breaches == (
        "M1 may not mentor E1 (quality_floor): only 0 points, below the floor of 0.001 points",
    )


@pytest.mark.parametrize(
    ("pair", "breaches"),
    [
        (("X9", "E1"), ("X9 is not a mentor of this round",)),
        (("M1", "X9"), ("X9 is not a mentee of this round",)),
        (
            ("E1", "M1"),
            ("E1 is not a mentor of this round", "M1 is not a mentee of this round"),
        ),
        (("M0", "E1"), ("M0 is not a mentor of this round",)),
    ],
)
def test_somebody_who_has_no_such_part_in_the_round_ends_the_audit(
    pair: tuple[str, str], breaches: tuple[str, ...]
) -> None:
    """M0 has no place to give this time. Nothing can be worked out for strangers."""
    problem = a_problem(a_mentor("M0", capacity=0), a_mentor("M1"), a_mentee("E1"))
    assert audited(problem, pair) == Audit(breaches=breaches)


def test_a_rejection_carries_each_breach() -> None:
    error = AuditRejectedError(["one; and more", "another"])
    assert error.breaches == ("one; and more", "another")
    assert str(error) == "one; and more; another"
