"""What a price compares with, and which prices cannot be true."""

from __future__ import annotations

from typing import Any

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import FairnessPrice, PricedLevel
from solver.fairness.balanced_load import BalancedLoad
from solver.fairness.floor import Floor
from solver.fairness.priority_tiers import PriorityTiers
from solver.fairness_mode import FairnessMode
from solver.judge.price import WrongPriceError, compared, own_values, restated
from tests.builders import a_mentee, a_mentor, a_policy, a_problem

MADE = [Pair(mentor="M1", mentee="E1"), Pair(mentor="M1", mentee="E2")]


def a_round(fairness: FairnessMode | None = None, **more: Any) -> Problem:
    policy = a_policy(expertise_overlap={"weight": 40}, fairness=fairness, **more)
    mentees = (a_mentee(f"E{n}", seeks=("law",)) for n in (1, 2))
    return a_problem(a_mentor("M1", capacity=2, offers=("law",)), *mentees, policy=policy)


def a_price(mode: str = "total", value: int = 90_000, **changes: Any) -> FairnessPrice:
    points = {"value": value, "bound": value, "proved": True, "difference": value - 80_000}
    matched = PricedLevel(name="mentees_matched", value=2, bound=2, proved=True, difference=0)
    return FairnessPrice(
        mode=mode, levels=(matched, PricedLevel(name="points", **points | changes))
    )


@pytest.mark.parametrize(
    ("mode", "levels"),
    [
        ("total", ("points", "mentees_matched", "lottery")),
        ("coverage", ("mentees_matched", "points", "lottery")),
    ],
)
def test_both_have_every_level_that_a_price_shows(mode: str, levels: tuple[str, ...]) -> None:
    for fairness in (None, PriorityTiers(), Floor(points=5)):
        other = compared(a_round(fairness), mode)
        assert other.policy.levels == levels
        assert other.policy.fairness is None


def test_what_the_mode_changed_in_the_rules_is_taken_back() -> None:
    floors = [
        [rule.settings for rule in other.policy.rules if rule.name == "quality_floor"]
        for other in (
            compared(a_round(Floor(points=5)), "total"),
            compared(a_round(Floor(points=5), quality_floor={"points": 2}), "total"),
        )
    ]
    assert floors == [[], [{"points": 2}]]


def test_a_result_is_counted_by_the_rules_of_the_round_that_it_is_compared_with() -> None:
    """The second mentee of one mentor costs nothing where loads cost nothing."""
    charged = {"mentees_matched": 2, "points": 80_000}
    assert own_values(a_round(BalancedLoad()), MADE, "total") == charged


def test_a_true_price_is_restated_as_it_is() -> None:
    assert restated(a_round(), MADE, a_price()) == a_price()


def test_differences_and_proofs_follow_from_values_and_bounds() -> None:
    for changes in ({"difference": 5}, {"proved": False}):
        assert restated(a_round(), MADE, a_price(**changes)) == a_price()
    assert restated(a_round(), MADE, a_price(bound=95_000)).levels[1].proved is False


@pytest.mark.parametrize(
    "price",
    [
        a_price(mode="floor"),
        a_price(bound=89_999),
        a_price(value=79_999),
        a_price().model_copy(update={"levels": a_price().levels[::-1]}),
        a_price().model_copy(update={"levels": a_price().levels[:1]}),
    ],
)
def test_what_cannot_be_is_refused(price: FairnessPrice) -> None:
    with pytest.raises(WrongPriceError):
        restated(a_round(), MADE, price)
