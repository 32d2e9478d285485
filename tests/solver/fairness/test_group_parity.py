from __future__ import annotations

import pytest
from pydantic import ValidationError

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.fairness.group_parity import GroupParity
from solver.judge.verify import verify_result
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here

LEVEL = "smallest_group_rate"


def a_round(mode: GroupParity, places: int = 10) -> Problem:
    """Ten mentees of HMRC, who are worth more, ten of DfE and one of Ofsted."""
    return a_problem(
        a_mentor("M", capacity=places, offers=("law",)),
        *(a_mentee(f"H{k}", department="HMRC", seeks=("law",)) for k in range(10)),
        *(a_mentee(f"D{k}", department="DfE") for k in range(10)),
        a_mentee("O1", department="Ofsted"),
        policy=a_policy(expertise_overlap={"weight": 10}, fairness=mode),
    )


def pairs_of(*mentees: str) -> list[tuple[Pair, int]]:
    return [(Pair(mentor="M", mentee=mentee), 0) for mentee in mentees]


@pytest.mark.parametrize(
    ("percent", "of_dfe", "rate"), [(100, 5, 476_190), (60, 3, 285_714), (10, 1, 47_619)]
)
def test_each_group_gets_as_much_of_the_overall_rate_as_is_asked_for(
    percent: int, of_dfe: int, rate: int
) -> None:
    """Ten of 21 have a mentor: 476,190 in a million; then points count."""
    problem = a_round(GroupParity(by="department", percent=percent))
    result = solve_here(problem)
    served = [made.mentee[0] for made in result.assignments]
    assert (served.count("D"), served.count("H")) == (of_dfe, 10 - of_dfe)
    (level,) = (level for level in result.levels if level.name == LEVEL)
    assert (level.value, level.bound, level.proof) == (rate, rate, "certified")
    assert verify_result(problem, result).certified_optimal


def test_the_best_smallest_rate_counts_where_what_is_asked_for_is_beyond_reach() -> None:
    """Four of the ten of DfE may not be paired with the only mentor, who has places for all."""
    mode = GroupParity(by="department", percent=100)
    problem = a_round(mode, places=21)
    barred = [("M", f"D{k}") for k in range(4)]
    policy = a_policy("barred_pairs", expertise_overlap={"weight": 10}, fairness=mode)
    problem = a_problem(*problem.participants, policy=policy, bars=barred)
    result = solve_here(problem)
    (level,) = (level for level in result.levels if level.name == LEVEL)
    assert (level.value, level.proved) == (600_000, True)
    assert level.certified_bound is None or level.certified_bound <= 809_523


def test_the_rate_is_that_of_the_smallest_group_that_is_large_enough() -> None:
    mode = GroupParity(by="department", percent=100)
    problem = a_round(mode)
    rules = choose_rules(problem.policy)
    assert mode.value_of(problem, rules, pairs_of("H1", "H2", "D1")) == 100_000
    assert mode.value_of(problem, rules, pairs_of("H1", "H2", "O1")) == 0
    # Two of 21 have a mentor; more than that share is asked of nobody.
    assert mode.value_of(problem, rules, pairs_of("D1", "H1")) == 95_238


def test_the_steps_are_the_rates_that_groups_can_have_up_to_what_is_asked_for() -> None:
    mode = GroupParity(by="department", percent=100)
    problem = a_round(mode)
    steps = mode.steps(problem, choose_rules(problem.policy), {"mentees_matched": 5})
    assert list(steps) == [0, 100_000, 200_000, 238_095]


def test_small_groups_are_said_to_be_left_out() -> None:
    mode = GroupParity(by="department", percent=100)
    (remark,) = mode.remarks(a_round(mode))
    assert remark.code == "GROUP_TOO_SMALL"
    assert remark.message == (
        "groups of fewer than 10 mentees are left out of `group_parity`: Ofsted (1)"
    )
    assert remark.detail == {"by": "department", "groups": {"Ofsted": 1}}
    assert GroupParity(by="home_region", percent=100).remarks(a_round(mode)) == ()


@pytest.mark.parametrize(
    "settings",
    [{}, {"by": "team", "percent": 90}, {"by": "grade"}, {"by": "grade", "percent": 0}],
)
def test_a_group_and_a_per_cent_are_needed(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        GroupParity.model_validate(settings)
