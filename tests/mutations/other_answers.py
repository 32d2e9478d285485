"""Whole answers that are valid but not the best, and say that they are.

The other answer lacks one of the pairs, and all of its own numbers are right.
"""

from __future__ import annotations

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.judge.audit import AuditRejectedError
from solver.judge.claims import Claim
from solver.report import RunFacts, report
from solver.rulebook import choose_rules
from tests.mutations.finding import Json, NothingToChangeError, certificate_levels, first


def another_answer_stands_under_the_best_ones_levels(result: Json, problem: Problem) -> None:
    result.update(_another_answer(result, problem) | {"levels": result["levels"]})


def another_answer_says_it_is_certified(result: Json, problem: Problem) -> None:
    result.update(_another_answer(result, problem))
    for level in result["levels"]:
        level |= {"proved": True, "proof": "certified", "bound": level["value"]}
    result["run"] |= {"solve_status": "optimal", "tie_rule": "lottery"}


def another_answer_certifies_the_bounds_that_it_would_need(result: Json, problem: Problem) -> None:
    another_answer_says_it_is_certified(result, problem)
    for level in certificate_levels(result):
        level["bound"] = level["value"]


def another_answer_brings_no_prices_at_all(result: Json, problem: Problem) -> None:
    another_answer_certifies_the_bounds_that_it_would_need(result, problem)
    for level in certificate_levels(result):
        level["prices"] = {}


def _another_answer(result: Json, problem: Problem) -> Json:
    """What an honest judge says of it, under the prices of the best."""
    spare = first(made for made in result["assignments"] if made["forced_by"] is None)
    pairs = [
        Pair(mentor=made["mentor"], mentee=made["mentee"])
        for made in result["assignments"]
        if made is not spare
    ]
    claims = [
        Claim(name=level["name"], prices=level["prices"]) for level in certificate_levels(result)
    ]
    rules = choose_rules(problem.policy)
    try:
        return report(problem, rules, pairs, claims, RunFacts()).model_dump(mode="json")
    except AuditRejectedError:  # The pair that is left out blocks the answer, where none may.
        raise NothingToChangeError from None
