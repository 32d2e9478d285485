"""In which round a claim's prices are put to the test; all else in the property tests."""

from __future__ import annotations

import pytest

from models.domain.certificate import LevelCertificate, Prices
from models.domain.problem import Problem
from solver.fairness.max_floor import MaxFloor
from solver.judge.bound import Priced, UnusablePricesError
from solver.judge.claims import Claim, claimed_bounds, priced_claims
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem

VALUES = {"mentees_matched": 1, "worst_points": 10_000, "points": 10_000, "lottery": 5}


def a_round(fairness: MaxFloor | None = None) -> Problem:
    policy = a_policy("grade_seniority", expertise_overlap={"weight": 40}, fairness=fairness)
    return a_problem(a_mentor("M1"), a_mentee("E1"), policy=policy)


def claims(**worst: object) -> list[Claim]:
    named = [Claim(name=name, prices=Prices()) for name in VALUES]
    return [
        claim.model_copy(update=worst if claim.name == "worst_points" else {}) for claim in named
    ]


def priced(problem: Problem, given: list[Claim]) -> dict[str, Priced]:
    found = priced_claims(problem, choose_rules(problem.policy), given, VALUES)
    return {one.name: one for one in found}


def floor_of(one: Priced) -> list[dict[str, int]]:
    return [floor.model_dump() for floor in one.rules.floors]


def test_in_an_ordinary_round_every_claim_is_about_the_round() -> None:
    problem = a_round()
    given = [claim for claim in claims() if claim.name != "worst_points"]
    found = priced(problem, given)
    assert list(found) == list(problem.policy.levels)
    assert all(one.problem is problem for one in found.values())


def test_later_levels_are_bounded_among_answers_with_the_value_and_the_level_by_an_earlier() -> (
    None
):
    problem = a_round(MaxFloor())
    found = priced(problem, claims(falls_short="mentees_matched", most=10_000))
    assert found["mentees_matched"].problem is problem
    assert floor_of(found["points"]) == [{"points": 10_000}]
    assert floor_of(found["worst_points"]) == [{"points": 10_001}]
    assert found["worst_points"].level.name == "mentees_matched"


@pytest.mark.parametrize("most", [None, 9_999, 40_000, 10**400, -5])
def test_what_says_nothing_or_contradicts_the_answer_is_not_priced(most: int | None) -> None:
    given = claims(falls_short="mentees_matched", most=most)
    assert "worst_points" not in priced(a_round(MaxFloor()), given)


@pytest.mark.parametrize("name", ["points", "lottery", "happiness", "worst_points"])
def test_only_an_earlier_level_can_fall_short(name: str) -> None:
    with pytest.raises(UnusablePricesError, match="is no earlier level"):
        priced(a_round(MaxFloor()), claims(falls_short=name, most=20_000))


@pytest.mark.parametrize(("reached", "bound"), [(0, 10_000), (1, 40_000)])
def test_the_bound_is_what_was_claimed_only_if_the_earlier_level_falls_short(
    reached: int, bound: int
) -> None:
    problem = a_round(MaxFloor())
    given = claims(falls_short="mentees_matched", most=10_000)
    by_prices = VALUES | {"worst_points": reached}
    found = claimed_bounds(problem, choose_rules(problem.policy), given, VALUES, by_prices)
    assert found == VALUES | {"worst_points": bound}


def test_a_claim_is_what_a_certificate_states() -> None:
    level = LevelCertificate(
        name="worst_points", value=1, bound=2, prices=Prices(scale=3), falls_short="mentees_matched"
    )
    claim = Claim.stated(level, "cp-sat")
    assert (claim.most, claim.engine, claim.prices) == (2, "cp-sat", Prices(scale=3))
    plain = level.model_copy(update={"falls_short": None})
    assert Claim.stated(plain, None).most is None
