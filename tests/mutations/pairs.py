"""Other pairs under the right numbers."""

from __future__ import annotations

from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.rulebook import choose_rules
from tests.mutations.finding import Json, NothingToChangeError, first


def two_mentees_are_swapped(result: Json, problem: Problem) -> None:
    made = result["assignments"]
    one, other = first(
        (one, other)
        for one in made
        for other in made
        if one["mentor"] != other["mentor"] and one["mentee"] != other["mentee"]
    )
    one["mentee"], other["mentee"] = other["mentee"], one["mentee"]


def a_pair_is_dropped(result: Json, problem: Problem) -> None:
    result["assignments"].remove(first(result["assignments"]))


def every_pair_is_dropped(result: Json, problem: Problem) -> None:
    first(result["assignments"])
    result["assignments"] = []


def a_pair_is_listed_twice(result: Json, problem: Problem) -> None:
    result["assignments"].insert(0, first(result["assignments"]))


def an_eligible_pair_is_added(result: Json, problem: Problem) -> None:
    _add(result, problem, first(sorted(_eligible(problem) - _made(result))))


def an_ineligible_pair_is_added(result: Json, problem: Problem) -> None:
    everybody = {(m.reference, e.reference) for m in problem.mentors for e in problem.mentees}
    _add(result, problem, first(sorted(everybody - _eligible(problem))))


def a_pair_is_turned_round(result: Json, problem: Problem) -> None:
    made = first(result["assignments"])
    made["mentor"], made["mentee"] = made["mentee"], made["mentor"]


def a_mentor_is_nobody_of_this_round(result: Json, problem: Problem) -> None:
    first(result["assignments"])["mentor"] = "X9"


def a_mentee_is_nobody_of_this_round(result: Json, problem: Problem) -> None:
    first(result["assignments"])["mentee"] = "X9"


def a_mentor_is_over_capacity(result: Json, problem: Problem) -> None:
    """One mentor is given all of their options, and nobody else anything."""
    made = first(result["assignments"])
    for mentor in problem.mentors:
        mentees = sorted(e for m, e in _eligible(problem) if m == mentor.reference)
        if len(mentees) > mentor.mentoring.capacity:
            result["assignments"] = [
                made | {"mentor": mentor.reference, "mentee": mentee} for mentee in mentees
            ]
            return
    raise NothingToChangeError


def a_pinned_pair_is_not_made(result: Json, problem: Problem) -> None:
    pinned = first(made for made in result["assignments"] if made["forced_by"] == "pin")
    result["assignments"].remove(pinned)


def the_pairs_are_listed_backwards(result: Json, problem: Problem) -> None:
    first(result["assignments"][1:])
    result["assignments"].reverse()


def _eligible(problem: Problem) -> set[tuple[str, str]]:
    rules = choose_rules(problem.policy)
    return {(m.reference, e.reference) for m, e, _ in candidate_pairs(problem, rules)}


def _made(result: Json) -> set[tuple[str, str]]:
    return {(made["mentor"], made["mentee"]) for made in result["assignments"]}


def _add(result: Json, problem: Problem, pair: tuple[str, str]) -> None:
    mentor, mentee = pair
    made = first(result["assignments"])
    result["assignments"].append(made | {"mentor": mentor, "mentee": mentee})
    result["assignments"].sort(key=lambda made: (made["mentor"], made["mentee"]))
