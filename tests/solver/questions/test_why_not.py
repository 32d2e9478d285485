"""Each verdict on a pair that was not made, and what it carries."""

from __future__ import annotations

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Conflict
from solver.levels import PINS_KEPT
from solver.questions.asking import Questions
from solver.questions.telling.tell import tell
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.in_process import solve_here
from tests.solver.questions.rounds import two_and_two


def asked(problem: Problem) -> Questions:
    return Questions(problem, solve_here(problem))


def test_people_who_are_not_there_or_the_same() -> None:
    problem = a_problem(
        a_mentor("M1"),
        a_mentor("M2", capacity=0),
        a_person("P1"),
        a_mentee("E1"),
    )
    ask = asked(problem).why_not
    assert ask("nobody", "E1").verdict == "not_in_round"
    assert ask("M2", "E1").because == "M2 offers no place as a mentor in this round"
    assert ask("M1", "M2").because == "M2 seeks no mentor in this round"
    assert ask("P1", "P1").verdict == "same_person"


def test_a_pair_that_was_made_comes_with_its_reasons() -> None:
    answer = asked(two_and_two()).why_not("M1", "E1")
    assert answer.verdict == "already_matched"
    assert answer.assignment is not None
    assert answer.points == answer.assignment.points == 40_000


def test_every_rule_that_a_pair_fails_is_told() -> None:
    problem = a_problem(
        a_mentor("M1", regions=("Wales",), department="Tax"),
        a_mentee("E1", regions=("London",), department="Tax", avoids=("M1",)),
        policy=a_policy("travel_region", "different_department", "barred_pairs"),
    )
    answer = asked(problem).why_not("M1", "E1")
    assert answer.verdict == "ineligible"
    assert {check.rule for check in answer.checks} == {
        "barred_pairs",
        "different_department",
        "travel_region",
    }
    assert "Wales" in answer.because
    assert "Tax" in answer.because


def test_a_bar_alone_is_a_verdict_of_its_own() -> None:
    problem = a_problem(
        a_mentor("M1"), a_mentee("E1", avoids=("M1",)), policy=a_policy("barred_pairs")
    )
    answer = asked(problem).why_not("M1", "E1")
    assert (answer.verdict, answer.because) == ("barred", "the mentee E1 avoids M1")


def test_pins_that_leave_no_place_are_named() -> None:
    problem = a_problem(
        a_mentor("M1"),
        a_mentor("M2"),
        a_mentee("E1"),
        a_mentee("E2"),
        pins=[("M1", "E1")],
    )
    ask = asked(problem).why_not
    of_mentor, of_mentee = ask("M1", "E2"), ask("M2", "E1")
    assert {of_mentor.verdict, of_mentee.verdict} == {"blocked_by_pin"}
    assert of_mentor.pins == of_mentee.pins == (Pair(mentor="M1", mentee="E1"),)
    assert of_mentor.because == "all places of M1 are pinned to others"
    assert of_mentee.because == "E1 is pinned to M1"


@pytest.mark.parametrize("verify", [False, True])
def test_a_kept_pin_that_may_be_dropped_is_named_with_what_that_would_cost(verify: bool) -> None:
    """Of the two pins that M1 has room for one of, either way."""
    plain = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), a_mentee("E2"))
    pin = Pair(mentor="M1", mentee="E1")
    levels = (PINS_KEPT, *plain.policy.levels)
    policy = plain.policy.model_copy(update={"levels": levels, "on_conflict": "drop"})
    problem = plain.changed(policy=policy, droppable_pins=(pin,))
    answer = Questions(problem, solve_here(problem), 60.0).why_not("M1", "E2", verify=verify)
    assert (answer.verdict, answer.pins) == ("blocked_by_pin", (pin,))
    assert answer.because == "all places of M1 are pinned to others"
    assert answer.change is not None
    assert answer.change.losses[PINS_KEPT] == 1
    assert tell(answer, "planner")[:2] == (
        "M1 cannot mentor E2: all places of M1 are pinned to others.",
        "A pin may be dropped for it, which would mean 1 fewer pin kept in the round.",
    )


def test_what_a_pair_would_cost_is_told_person_by_person() -> None:
    """E1 would have nobody who offers what they seek; E2 gains less than that."""
    answer = asked(two_and_two()).why_not("M1", "E2")
    assert answer.verdict == "dominated"
    assert answer.change is not None
    assert answer.change.losses == {"mentees_matched": 0, "points": 13_320}
    assert [(m.reference, m.before, m.after) for m in answer.change.moves] == [
        ("E2", ("M2",), ("M1",)),
        ("E1", ("M1",), ("M2",)),
    ]
    assert answer.local_losses == {"mentees_matched": 1, "points": 13_320}
    assert answer.because == (
        "with this pair there would be 13.32 fewer points: E2 would leave M2 for M1 (13.32 points,"
        " then 40 points); E1 would leave M1 for M2 (40 points, then 0 points)"
    )


def test_a_pair_that_costs_nothing_is_tied() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"))
    result = solve_here(problem)
    other = {"M1": "M2", "M2": "M1"}[result.assignments[0].mentor]
    answer = Questions(problem, result).why_not(other, "E1")
    assert answer.verdict == "tied"
    assert answer.change is not None
    assert answer.change.costs_nothing


def test_where_the_cheapest_change_breaks_a_further_limit_the_round_is_solved_again() -> None:
    """P1 mentors P2; the other way round the two would mentor each other unless both change."""
    problem = a_problem(
        a_person("P1", mentor={"offers": ("finance",)}, mentee={"seeks": ("leadership",)}),
        a_person("P2", mentor={"offers": ("leadership",)}, mentee={"seeks": ("finance",)}),
        policy=a_policy("one_direction", expertise_overlap={"weight": 40}),
    )
    result = solve_here(problem)
    (made,) = result.assignments
    answer = Questions(problem, result).why_not(made.mentee, made.mentor)
    assert answer.verified
    assert answer.verdict == "tied"
    assert answer.change is not None
    assert set(answer.change.losses.values()) == {0}


def test_a_pair_that_no_answer_can_have_comes_with_the_conflict() -> None:
    """E1 is pinned to M1, and the other place of M1's department may not be used."""
    problem = a_problem(
        a_mentor("M1", department="Tax"),
        a_mentor("M2", department="Tax"),
        a_mentee("E1"),
        a_mentee("E2"),
        policy=a_policy(department_quota={"mentors": {"Tax": {"most": 1}}}),
        pins=[("M1", "E1")],
    )
    answer = asked(problem).why_not("M2", "E2")
    assert answer.verdict == "infeasible_if_forced"
    assert answer.conflict == Conflict(
        rules=("department_quota",),
        pins=(Pair(mentor="M1", mentee="E1"), Pair(mentor="M2", mentee="E2")),
        because="no pairs can keep all of these together: the pair of M2 and E2, "
        "the rule department quota and the pin of M1 with E1",
    )
    assert answer.because == answer.conflict.because


def test_another_solve_says_the_same() -> None:
    questions = asked(two_and_two())
    plain = questions.why_not("M1", "E2")
    again = questions.why_not("M1", "E2", verify=True)
    assert again.verified
    assert again.change == plain.change
