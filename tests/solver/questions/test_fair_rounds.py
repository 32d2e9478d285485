"""Questions about a round with a level that was searched for are asked of the settled round."""

from __future__ import annotations

from models.domain.problem import Problem
from solver.fairness.max_floor import MaxFloor
from solver.questions.asking import Questions
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here


def a_round() -> Problem:
    """The best floor is 20 points, so that M1 goes to E2 although E1 would be worth more."""
    return a_problem(
        a_mentor("M1", offers=("law", "data", "sums", "poetry")),
        a_mentor("M2", offers=("law", "data")),
        a_mentor("M3"),
        a_mentee("E1", seeks=("law", "data", "sums", "poetry")),
        a_mentee("E2", seeks=("sums", "poetry")),
        policy=a_policy(
            "grade_seniority",
            expertise_overlap={"weight": 40, "ranked": False},
            fairness=MaxFloor(),
        ),
    )


def test_a_pair_below_the_best_floor_is_ineligible_with_both_facts() -> None:
    problem = a_round()
    answer = Questions(problem, solve_here(problem)).why_not("M3", "E1")
    assert answer.verdict == "ineligible"
    assert answer.because == "0 points against a floor of 20,000"


def test_what_another_pair_would_cost_is_told_with_the_floor_held() -> None:
    """M1 with E1 would leave E2 without anybody; a solve anew says the same."""
    problem = a_round()
    questions = Questions(problem, solve_here(problem))
    for verify in (False, True):
        answer = questions.why_not("M1", "E1", verify=verify)
        assert answer.verdict == "dominated"
        assert answer.change is not None
        assert answer.change.losses["mentees_matched"] == 1


def test_places_are_priced_as_in_any_other_round() -> None:
    problem = a_round()
    assert Questions(problem, solve_here(problem)).capacity_worth() is not None
