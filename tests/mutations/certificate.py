"""A certificate that is not this one's, or whose prices prove something else or nothing."""

from __future__ import annotations

from models.domain.base import digest_of
from models.domain.problem import Problem
from tests.mutations.finding import Json, certificate_levels, first

PROVE_AS_MUCH = (
    "the_digest_is_another",
    "all_prices_are_gone",
    "a_mentors_price_is_another",
    "a_mentees_price_is_another",
    "a_levels_multiplier_is_another",
    "a_groups_price_is_another",
    "somebody_without_a_price_is_given_one",
    "prices_are_halved_by_their_scale",
)
"""Other prices may prove the same; with a digest of their own they are then a certificate."""


def the_digest_is_another(result: Json, problem: Problem) -> None:
    result["certificate"]["digest"] = digest_of("another certificate")


def the_certificate_is_said_to_be_unverified(result: Json, problem: Problem) -> None:
    result["certificate"]["verified"] = False


def a_certified_value_is_another(result: Json, problem: Problem) -> None:
    certificate_levels(result)[0]["value"] += 1


def a_certified_bound_is_another(result: Json, problem: Problem) -> None:
    certificate_levels(result)[0]["bound"] += 1


def a_mentors_price_is_another(result: Json, problem: Problem) -> None:
    _raise(result, "mentors")


def a_mentees_price_is_another(result: Json, problem: Problem) -> None:
    _raise(result, "mentees")


def a_levels_multiplier_is_another(result: Json, problem: Problem) -> None:
    _raise(result, "earlier")


def a_groups_price_is_another(result: Json, problem: Problem) -> None:
    by_label = first(
        by_label
        for level in certificate_levels(result)
        for by_label in level["prices"]["limits"].values()
    )
    by_label[first(by_label)] += 1


def somebody_without_a_price_is_given_one(result: Json, problem: Problem) -> None:
    prices = certificate_levels(result)[0]["prices"]["mentors"]
    prices[first(p.reference for p in problem.mentors if p.reference not in prices)] = 1


def all_prices_are_gone(result: Json, problem: Problem) -> None:
    for level in certificate_levels(result):
        level["prices"] = {}


def prices_are_halved_by_their_scale(result: Json, problem: Problem) -> None:
    _last_prices(result)["scale"] *= 2


def the_scale_is_nothing(result: Json, problem: Problem) -> None:
    _last_prices(result)["scale"] = 0


def a_multiplier_is_below_0(result: Json, problem: Problem) -> None:
    _last_prices(result)["earlier"] = {problem.policy.levels[0]: -1}


def a_multiplier_is_of_a_later_level(result: Json, problem: Problem) -> None:
    certificate_levels(result)[0]["prices"]["earlier"] = {problem.policy.levels[1]: 1}


def a_multiplier_is_of_a_level_that_is_none(result: Json, problem: Problem) -> None:
    _last_prices(result)["earlier"] = {"happiness": 1}


def a_price_is_of_nobody(result: Json, problem: Problem) -> None:
    _last_prices(result)["mentees"] = {"X9": 1}


def a_price_is_of_a_rule_that_is_off(result: Json, problem: Problem) -> None:
    _last_prices(result)["limits"] = {"total_commitments": {"A": 1}}


def a_price_is_of_a_group_that_does_not_exist(result: Json, problem: Problem) -> None:
    _last_prices(result)["limits"] = {"pinned_pairs": {"nothing": -1}}


def a_price_is_too_large_for_any_processor(result: Json, problem: Problem) -> None:
    _last_prices(result)["mentors"] = {problem.mentors[0].reference: 10**400}


def _last_prices(result: Json) -> Json:
    """Those of the lottery, which has levels before it."""
    prices: Json = certificate_levels(result)[-1]["prices"]
    return prices


def _raise(result: Json, kind: str) -> None:
    prices = first(
        level["prices"][kind] for level in certificate_levels(result) if level["prices"][kind]
    )
    prices[min(prices)] += 1
