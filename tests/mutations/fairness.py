"""A fairer, a less contested or a cheaper answer than there is."""

from __future__ import annotations

from models.domain.problem import Problem
from tests.mutations.finding import Json, certificate_levels, first

WORST = "worst_points"


def the_worst_pair_is_said_to_be_better(result: Json, problem: Problem) -> None:
    for levels in (result["levels"], certificate_levels(result)):
        _worst(levels)["value"] += 1


def the_best_floor_is_said_to_be_higher(result: Json, problem: Problem) -> None:
    for levels in (result["levels"], certificate_levels(result)):
        _worst(levels)["bound"] += 1


def a_lower_floor_is_said_to_be_the_best(result: Json, problem: Problem) -> None:
    """The bound that the value in hand already disproves."""
    for levels in (result["levels"], certificate_levels(result)):
        _worst(levels)["bound"] -= 1


def nothing_is_said_to_fall_short_of_a_higher_floor(result: Json, problem: Problem) -> None:
    _short(result)["falls_short"] = None


def a_later_level_is_said_to_fall_short_of_a_higher_floor(result: Json, problem: Problem) -> None:
    _short(result)["falls_short"] = "points"


def happiness_is_said_to_fall_short_of_a_higher_floor(result: Json, problem: Problem) -> None:
    _short(result)["falls_short"] = "happiness"


def a_floor_beyond_all_numbers_is_said_to_be_the_best(result: Json, problem: Problem) -> None:
    _short(result)["bound"] = 10**400


def a_blocking_pair_is_not_counted(result: Json, problem: Problem) -> None:
    _blocking(result)["count"] -= 1


def a_blocking_pair_is_left_out(result: Json, problem: Problem) -> None:
    _blocking(result)["worst"].pop()


def a_blocking_pair_gains_less(result: Json, problem: Problem) -> None:
    _blocking(result)["worst"][0]["gain"] -= 1


def more_is_tolerated_of_blocking_pairs(result: Json, problem: Problem) -> None:
    result["blocking_pairs"]["tolerance"] += 1


def the_price_of_fairness_is_less(result: Json, problem: Problem) -> None:
    _price(result)["levels"][-1]["difference"] -= 1


def the_price_of_fairness_is_said_to_be_proved(result: Json, problem: Problem) -> None:
    level = _price(result)["levels"][-1]
    level["proved"] = not level["proved"]


def the_price_of_fairness_is_against_another_mode(result: Json, problem: Problem) -> None:
    _price(result)["mode"] = "max_floor"


def the_price_of_fairness_leaves_a_level_out(result: Json, problem: Problem) -> None:
    _price(result)["levels"].pop()


def the_price_of_fairness_is_below_what_is_in_hand(result: Json, problem: Problem) -> None:
    """Against `total`, whose points nothing exceeds; the difference is right."""
    points = _price(result)["levels"][-1]
    lower = points["difference"] + 1
    points |= {"value": points["value"] - lower, "bound": points["bound"] - lower, "difference": -1}


def _worst(levels: list[Json]) -> Json:
    level: Json = first(level for level in levels if level["name"] == WORST)
    return level


def _short(result: Json) -> Json:
    level: Json = first(level for level in certificate_levels(result) if level["falls_short"])
    return level


def _blocking(result: Json) -> Json:
    first(result["blocking_pairs"]["worst"])
    found: Json = result["blocking_pairs"]
    return found


def _price(result: Json) -> Json:
    price: Json = first(price for price in result["price_of_fairness"] if price["mode"] == "total")
    return price
