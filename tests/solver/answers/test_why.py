from __future__ import annotations

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Assignment, Check, Contribution
from solver.answers.why import Reasons
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem

SHOULD_BE = "and the mentor should be at least one grade above"


def explained(problem: Problem, mentor: str = "M1", mentee: str = "E1") -> Assignment:
    reasons = Reasons(problem, choose_rules(problem.policy))
    return reasons.explain(Pair(mentor=mentor, mentee=mentee), 2, 3)


def test_every_soft_objective_says_what_it_gave_and_they_sum_to_the_points() -> None:
    problem = a_problem(
        a_mentor(offers=("law",), profession="Legal"),
        a_mentee(seeks=("law", "data"), profession="Policy"),
        policy=a_policy(
            expertise_overlap={"weight": 40},
            profession_match={"weight": 15},
            cross_department={"weight": 0},
            balanced_load={"weight": 9},
        ),
    )
    made = explained(problem)
    expertise, profession = made.contributions
    assert expertise == Contribution(
        rule="expertise_overlap",
        weight=40,
        value=666,
        points=26_640,
        max=40_000,
        because=expertise.because,
    )
    assert (profession.rule, profession.points, profession.max) == ("profession_match", 0, 15_000)
    assert all(part.because for part in made.contributions)
    assert made.points == 26_640


def test_every_eligibility_rule_says_which_facts_it_compared() -> None:
    problem = a_problem(policy=a_policy("grade_seniority", quality_floor={"points": 0}))
    made = explained(problem)
    assert [check.rule for check in made.checks] == [
        "different_person",
        "grade_seniority",
        "quality_floor",
    ]
    assert made.checks[1:] == (
        Check(rule="grade_seniority", because="Grade 7 is one grade above SEO"),
        Check(rule="quality_floor", because="0 points, and the floor is 0 points"),
    )


def test_a_pin_is_said_to_have_forced_its_pair_and_no_other() -> None:
    people = (a_mentor("M1", capacity=2), a_mentee("E1"), a_mentee("E2"))
    problem = a_problem(*people, pins=[("M1", "E1")])
    assert explained(problem).forced_by == "pin"
    assert explained(problem, mentee="E2").forced_by is None


def test_ranks_are_passed_on_on_their_own_side() -> None:
    made = explained(a_problem())
    assert (made.mentee_rank, made.mentor_rank) == (2, 3)
    assert (made.mentor, made.mentee) == ("M1", "E1")


def test_what_is_said_of_many_pairs_is_held_once() -> None:
    """Reasons are most of a large result."""
    problem = a_problem(
        *(a_mentor("M1"), a_mentor("M2"), a_mentee()),
        policy=a_policy("grade_seniority", cross_department={"weight": 5}),
    )
    reasons = Reasons(problem, choose_rules(problem.policy))
    one, other = (reasons.explain(Pair(mentor=m, mentee="E1"), 1, 1) for m in ("M1", "M2"))
    assert one.contributions[0] is other.contributions[0]
    grades = [[c for c in made.checks if c.rule == "grade_seniority"] for made in (one, other)]
    assert grades[0][0] is grades[1][0]


def test_a_waived_rule_is_said_to_be_waived() -> None:
    policy = a_policy("grade_seniority", quality_floor={"points": 1})
    waived = {"on_conflict": "waive", "waivable": ("grade_seniority", "quality_floor")}
    people = a_mentor("M1", grade="AA", capacity=2), a_mentee("E1"), a_mentee("E2")
    problem = a_problem(*people, policy=policy.model_copy(update=waived), pins=[("M1", "E1")])
    assert [check.because for check in explained(problem).checks] == [
        "M1 and E1 are different people",
        "waived: AA is four grades below SEO, " + SHOULD_BE,
        "waived: only 0 points, below the floor of 0.001 points",
    ]


def test_a_pin_that_might_have_been_dropped_forces_its_pair_too() -> None:
    pin = Pair(mentor="M1", mentee="E1")
    assert explained(a_problem().changed(droppable_pins=(pin,))).forced_by == "pin"
