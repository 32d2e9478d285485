from __future__ import annotations

from solver.fairness.max_floor import MaxFloor
from solver.judge.verify import verify_result
from solver.rulebook import choose_rules
from solver.settled import attempted, levels_before, settled, settled_result
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here

POLICY = a_policy("grade_seniority", expertise_overlap={"weight": 40}, fairness=MaxFloor())


def test_an_attempt_asks_for_the_levels_before_alone() -> None:
    asked = attempted(a_problem(policy=POLICY), 7)
    assert asked.policy.levels == ("mentees_matched", "lottery")
    assert asked.policy.fairness is None
    floors = [rule.settings for rule in asked.policy.rules if rule.name == "quality_floor"]
    assert floors == [{"points": 7}]


def test_without_a_value_an_attempt_has_no_rule_more() -> None:
    assert attempted(a_problem(policy=POLICY), None).policy.rules == POLICY.rules


def test_a_settled_problem_is_ordinary_and_has_all_other_levels() -> None:
    rest = settled(a_problem(policy=POLICY), 7)
    assert rest.policy.levels == ("mentees_matched", "points", "lottery")
    assert levels_before(rest.policy) == rest.policy.levels
    own, more = ({rule.name for rule in policy.rules} for policy in (POLICY, rest.policy))
    assert more - own == {"quality_floor"}


def test_a_floor_that_is_searched_for_does_not_excuse_a_broken_pair() -> None:
    """The earlier pair is worth nothing; it could have stood all the same."""
    policy = a_policy(
        change_budget={"most": 0}, expertise_overlap={"weight": 1}, fairness=MaxFloor()
    )
    problem = a_problem(
        a_mentor("M1"),
        a_mentor("M2", offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        earlier=[("M1", "E1")],
        policy=policy,
    )
    (budget,) = (r for r in choose_rules(policy).constraints if r.name == "change_budget")
    assert budget.breaches(settled(problem, 1), [])
    result = solve_here(problem)
    assert [(pair.mentor, pair.mentee) for pair in result.assignments] == [("M1", "E1")]


def test_a_result_is_one_of_the_problem_that_it_settled() -> None:
    problem = a_problem(policy=POLICY)
    result = solve_here(problem)
    rest, told = settled_result(problem, result)
    assert [level.name for level in told.levels] == list(rest.policy.levels)
    assert [level.name for level in told.certificate.levels] == list(rest.policy.levels)
    assert all(level.proof == "certified" for level in told.levels)
    anew = solve_here(rest)
    assert [(level.name, level.value) for level in anew.levels] == [
        (level.name, level.value) for level in told.levels
    ]
    assert verify_result(rest, anew).certified_optimal


def test_an_ordinary_result_is_what_it_is() -> None:
    problem = a_problem(a_mentor())
    result = solve_here(problem)
    assert settled_result(problem, result) == (problem, result)
