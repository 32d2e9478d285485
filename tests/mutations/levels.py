"""Levels that say something else than the pairs and the prices do."""

from __future__ import annotations

from models.domain.problem import Problem
from tests.mutations.finding import Json, certificate_levels, first


def a_levels_value_is_larger(result: Json, problem: Problem) -> None:
    result["levels"][0]["value"] += 1


def a_levels_value_and_bound_are_larger(result: Json, problem: Problem) -> None:
    for key in ("value", "bound"):
        result["levels"][0][key] += 1
        certificate_levels(result)[0][key] += 1


def a_levels_bound_is_larger(result: Json, problem: Problem) -> None:
    result["levels"][0]["bound"] += 1


def a_levels_bound_is_smaller(result: Json, problem: Problem) -> None:
    result["levels"][-1]["bound"] -= 1


def a_proved_level_is_said_to_be_open(result: Json, problem: Problem) -> None:
    result["levels"][0]["proved"] = False


def a_level_has_no_proof(result: Json, problem: Problem) -> None:
    result["levels"][0]["proof"] = ""


def an_engine_takes_credit_for_what_the_prices_prove(result: Json, problem: Problem) -> None:
    certified = first(level for level in result["levels"] if level["proof"] == "certified")
    certified["proof"] = "engine:cp-sat"


def an_engines_proof_is_said_to_be_certified(result: Json, problem: Problem) -> None:
    _by_engine(result)["proof"] = "certified"


def an_engines_certified_bound_is_the_value(result: Json, problem: Problem) -> None:
    level = _by_engine(result)
    level["certified_bound"] = level["value"]


def an_engines_certified_bound_is_hidden(result: Json, problem: Problem) -> None:
    _by_engine(result)["certified_bound"] = None


def an_engine_has_no_name(result: Json, problem: Problem) -> None:
    _by_engine(result)["proof"] = "engine:"


def the_levels_are_turned_round(result: Json, problem: Problem) -> None:
    result["levels"].reverse()
    certificate_levels(result).reverse()


def the_certificates_levels_are_turned_round(result: Json, problem: Problem) -> None:
    certificate_levels(result).reverse()


def the_first_level_is_left_out(result: Json, problem: Problem) -> None:
    result["levels"].pop(0)
    certificate_levels(result).pop(0)


def the_lottery_is_left_out(result: Json, problem: Problem) -> None:
    result["levels"].pop()
    certificate_levels(result).pop()


def every_level_is_left_out(result: Json, problem: Problem) -> None:
    result["levels"].clear()
    certificate_levels(result).clear()


def a_level_is_added(result: Json, problem: Problem) -> None:
    for levels in (result["levels"], certificate_levels(result)):
        levels.append(levels[0] | {"name": "mentees_matched_2"})


def a_level_is_listed_twice(result: Json, problem: Problem) -> None:
    for levels in (result["levels"], certificate_levels(result)):
        levels.append(levels[-1])


def a_level_has_another_name(result: Json, problem: Problem) -> None:
    result["levels"][0]["name"] = certificate_levels(result)[0]["name"] = "happiness"


def _by_engine(result: Json) -> Json:
    level: Json = first(level for level in result["levels"] if "engine:" in level["proof"])
    return level
