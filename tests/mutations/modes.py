"""Answers that do better by a fairness mode's own measure than they do."""

from __future__ import annotations

from models.domain.problem import Problem
from tests.mutations.finding import Json, certificate_levels, first

RATE = "smallest_group_rate"


def the_smallest_group_is_said_to_fare_better(result: Json, problem: Problem) -> None:
    for levels in (result["levels"], certificate_levels(result)):
        _named(levels, RATE)["value"] += 1


def more_is_said_to_be_asked_for_the_groups(result: Json, problem: Problem) -> None:
    for levels in (result["levels"], certificate_levels(result)):
        _named(levels, RATE)["bound"] += 1


def the_groups_are_said_to_get_all_they_could(result: Json, problem: Problem) -> None:
    """The bound comes down to a value that is below it."""
    for levels in (result["levels"], certificate_levels(result)):
        level = _named(levels, RATE)
        level["bound"] = level["value"] - 1


def the_worst_bucket_is_said_to_hold_fewer_pairs(result: Json, problem: Problem) -> None:
    for levels in (result["levels"], certificate_levels(result)):
        first(level for level in levels if level["value"] < 0)["value"] += 1


def a_stable_answer_is_said_to_be_certified_by_its_prices(result: Json, problem: Problem) -> None:
    """What CP-SAT alone proved of an answer that no pair blocks."""
    choice = problem.policy.fairness
    engine = (level for level in result["levels"] if level["proof"].startswith("engine:"))
    level = first(level for level in engine if choice and choice.mode == "stable")
    level |= {"proof": "certified", "certified_bound": None}


def _named(levels: list[Json], name: str) -> Json:
    level: Json = first(level for level in levels if level["name"] == name)
    return level
