"""Wrong things said of those who have nobody, or fewer than they want, or many."""

from __future__ import annotations

from models.domain.problem import Problem
from tests.mutations.finding import Json, first


def somebody_left_over_is_forgotten(result: Json, problem: Problem) -> None:
    result["unmatched"].remove(first(result["unmatched"]))


def somebody_who_has_a_pair_is_said_to_be_left_over(result: Json, problem: Problem) -> None:
    matched = first(result["assignments"])["mentee"]
    result["unmatched"].append(
        first(result["unmatched"]) | {"reference": matched, "role": "mentee"}
    )


def a_reason_for_being_left_over_is_another(result: Json, problem: Problem) -> None:
    first(result["unmatched"])["reason"] = "quota"


def the_words_of_such_a_reason_are_others(result: Json, problem: Problem) -> None:
    first(result["unmatched"])["because"] = "nobody likes them"


def somebody_left_over_stands_on_the_other_side(result: Json, problem: Problem) -> None:
    one = first(result["unmatched"])
    one["role"] = {"mentor": "mentee", "mentee": "mentor"}[one["role"]]


def somebody_left_over_wanted_more(result: Json, problem: Problem) -> None:
    first(result["unmatched"])["wanted"] += 1


def those_left_over_are_listed_backwards(result: Json, problem: Problem) -> None:
    first(result["unmatched"][1:])
    result["unmatched"].reverse()


def a_step_of_a_funnel_leaves_more(result: Json, problem: Problem) -> None:
    first(step for one in result["unmatched"] for step in one["funnel"])["left"] += 1


def a_step_of_a_funnel_would_bring_more_back(result: Json, problem: Problem) -> None:
    first(step for one in result["unmatched"] for step in one["funnel"])["back_without"] += 1


def a_step_of_a_funnel_is_left_out(result: Json, problem: Problem) -> None:
    first(one for one in result["unmatched"] if one["funnel"])["funnel"].pop()


def a_remedy_is_made_up(result: Json, problem: Problem) -> None:
    first(result["unmatched"])["remedies"] = [{"waive": "grade_seniority"}]


def somebody_who_got_too_few_is_forgotten(result: Json, problem: Problem) -> None:
    result["short"].remove(first(result["short"]))


def somebody_who_got_too_few_got_more(result: Json, problem: Problem) -> None:
    first(result["short"])["got"] += 1


def somebody_who_got_all_is_said_to_be_short(result: Json, problem: Problem) -> None:
    result["short"].append(first(result["unmatched"]))


def a_load_costs_less(result: Json, problem: Problem) -> None:
    first(result["load_costs"])["cost"] -= 1


def a_load_is_smaller(result: Json, problem: Problem) -> None:
    first(result["load_costs"])["load"] -= 1


def a_load_is_forgotten(result: Json, problem: Problem) -> None:
    result["load_costs"].remove(first(result["load_costs"]))


def a_load_is_made_up(result: Json, problem: Problem) -> None:
    result["load_costs"].append({"mentor": problem.mentors[0].reference, "load": 9, "cost": 9})
