"""The right pairs for wrong reasons."""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.problem import Problem
from tests.mutations.finding import Json, first


def a_pair_has_a_point_more(result: Json, problem: Problem) -> None:
    first(result["assignments"])["points"] += 1


def a_mentees_rank_is_wrong(result: Json, problem: Problem) -> None:
    first(result["assignments"])["mentee_rank"] += 1


def a_mentors_rank_is_wrong(result: Json, problem: Problem) -> None:
    first(result["assignments"])["mentor_rank"] += 1


def a_pair_is_said_to_be_forced(result: Json, problem: Problem) -> None:
    free = first(made for made in result["assignments"] if made["forced_by"] is None)
    free["forced_by"] = "pin"


def a_pin_is_hidden(result: Json, problem: Problem) -> None:
    first(made for made in result["assignments"] if made["forced_by"])["forced_by"] = None


def a_contribution_has_another_value(result: Json, problem: Problem) -> None:
    first(_parts(result, "contributions"))["value"] += 1


def a_contribution_has_another_weight(result: Json, problem: Problem) -> None:
    first(_parts(result, "contributions"))["weight"] += 1


def a_contribution_has_other_points(result: Json, problem: Problem) -> None:
    first(_parts(result, "contributions"))["points"] -= 1


def a_contribution_could_have_been_more(result: Json, problem: Problem) -> None:
    first(_parts(result, "contributions"))["max"] += 1


def a_contribution_gives_another_reason(result: Json, problem: Problem) -> None:
    first(_parts(result, "contributions"))["because"] = "because I say so"


def a_contribution_is_of_another_rule(result: Json, problem: Problem) -> None:
    first(_parts(result, "contributions"))["rule"] = "good_looks"


def a_contribution_is_left_out(result: Json, problem: Problem) -> None:
    first(made for made in result["assignments"] if made["contributions"])["contributions"].pop()


def a_contribution_is_counted_twice(result: Json, problem: Problem) -> None:
    made = first(made for made in result["assignments"] if made["contributions"])
    made["contributions"].append(made["contributions"][0])


def a_check_gives_another_reason(result: Json, problem: Problem) -> None:
    first(_parts(result, "checks"))["because"] = "they look alike"


def a_check_is_of_another_rule(result: Json, problem: Problem) -> None:
    first(_parts(result, "checks"))["rule"] = "same_star_sign"


def a_check_is_left_out(result: Json, problem: Problem) -> None:
    first(made for made in result["assignments"] if made["checks"])["checks"].pop()


def _parts(result: Json, kind: str) -> Iterator[Json]:
    return (part for made in result["assignments"] for part in made[kind])
