"""The price by real searches; `tests/properties/test_fairness_modes.py` holds it to the judge."""

from __future__ import annotations

import pytest

from models.domain.problem import Problem
from models.domain.result import FairnessPrice
from solver.fairness.coverage import Coverage
from solver.fairness.floor import Floor
from solver.fairness.total import Total
from solver.fairness_mode import FairnessMode
from solver.limits import Limits
from solver.price_of_fairness import find_price, price_of_fairness
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import SearchesHere, solve_here


def a_round(fairness: FairnessMode | None = None) -> Problem:
    """M1's place is worth 40 points with E1 and none with E2, and a floor leaves E2 out."""
    return a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentor("M2"),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2"),
        policy=a_policy("grade_seniority", expertise_overlap={"weight": 40}, fairness=fairness),
    )


def differences(prices: tuple[FairnessPrice, ...]) -> dict[str, dict[str, int]]:
    return {
        price.mode: {level.name: level.difference for level in price.levels} for price in prices
    }


def test_what_a_floor_costs_is_told_against_the_round_without_it() -> None:
    problem = a_round(Floor(points=1))
    prices = find_price(problem, solve_here(problem), SearchesHere())
    assert differences(prices) == {
        "total": {"mentees_matched": 1, "points": 0},
        "coverage": {"mentees_matched": 1, "points": 0},
    }
    assert all(level.proved for price in prices for level in price.levels)


@pytest.mark.parametrize("mode", [Coverage(), Total()])
def test_beside_itself_a_mode_costs_nothing(mode: FairnessMode) -> None:
    problem = a_round(mode)
    prices = find_price(problem, solve_here(problem), SearchesHere())
    assert set(differences(prices)[mode.name].values()) == {0}
    assert all(level.proved for price in prices for level in price.levels)


def test_a_result_without_a_mode_is_priced_on_asking() -> None:
    problem = a_round()
    result = solve_here(problem)
    assert result.price_of_fairness == ()
    prices = price_of_fairness(problem, result)
    assert differences(prices) == {
        "total": {"mentees_matched": 0, "points": 0},
        "coverage": {"mentees_matched": 0, "points": 0},
    }


def test_a_mode_that_there_is_no_time_for_is_left_out() -> None:
    problem = a_round(Total())
    prices = price_of_fairness(problem, solve_here(problem), Limits(seconds=1e-6))
    assert [price.mode for price in prices] == ["total"]
