"""The smallest change of one weight is what trying every weight finds, on small rounds."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from models.domain.explanation import Change, WhyNot
from models.domain.problem import Problem
from models.domain.result import MatchResult
from models.domain.why import Counterfactual
from solver.levels import TIE_RULE
from solver.questions.anew import with_pin
from solver.questions.changed_rounds import weighable, with_weight
from solver.questions.counterfactual import Counterfactuals
from solver.questions.solving import solve_untied
from solver.questions.why_not import WhyNots
from solver.rulebook import choose_rules
from solver.search.clock import Clock
from tests.exhaustive import best_answer
from tests.forcings import forcing_of
from tests.in_process import solve_here
from tests.light_rounds import LARGEST, a_light_round, eligible, pins_stand


def found(problem: Problem, mentor: str, mentee: str) -> Counterfactual:
    def ask(other: Problem, result: MatchResult) -> WhyNot:
        rules = choose_rules(other.policy)
        forcing = forcing_of(other, result)
        anew = lambda m, e: by_judge(other, m, e)  # noqa: E731
        return WhyNots(other, rules, result, forcing, anew).ask(mentor, mentee)

    return Counterfactuals(
        problem,
        solve_here(problem),
        lambda other: solve_untied(other, Clock(60)),
        ask,
        lambda: False,
        LARGEST,
    ).find(mentor, mentee)


def by_judge(problem: Problem, mentor: str, mentee: str) -> WhyNot:
    """In place of another solve with the pair pinned."""
    best, forced = values(problem), values(with_pin(problem, mentor, mentee))
    answer = {"mentor": mentor, "mentee": mentee, "because": ""}
    if best is None or forced is None:
        return WhyNot(verdict="infeasible_if_forced", **answer)
    losses = {name: best[name] - forced[name] for name in best}
    verdict = "dominated" if any(losses.values()) else "tied"
    return WhyNot(verdict=verdict, change=Change(losses=losses, moves=()), **answer)


@cache
def _values(text: str) -> dict[str, int] | None:
    problem = Problem.model_validate_json(text)
    best = best_answer(problem)
    if best is None:
        return None
    told = zip(problem.policy.levels, best.values, strict=True)
    return {name: value for name, value in told if name != TIE_RULE}


def values(problem: Problem) -> dict[str, int] | None:
    """The best value of every level but the tie rule, by exhaustive search."""
    return _values(problem.model_dump_json())


def smallest_by_trying(problem: Problem, mentor: str, mentee: str) -> set[tuple[str, int]]:
    """Every smallest change of one weight, as the rule and its weight."""
    will_do: dict[tuple[str, int], int] = {}
    for name, rule in weighable(problem).items():
        for weight in range(LARGEST + 1):
            other = with_weight(problem, rule, weight)
            may_be = weight != rule.weight and pins_stand(other)
            stands = may_be and eligible(other, mentor, mentee)
            if stands and values(other) == values(with_pin(other, mentor, mentee)):
                will_do[name, weight] = abs(weight - rule.weight)
    least = min(will_do.values(), default=0)
    return {change for change, size in will_do.items() if size == least}


def some_pairs(problem: Problem, seed: int, most: int) -> list[tuple[str, str]]:
    pairs = [
        (mentor.reference, mentee.reference)
        for mentor in problem.mentors
        for mentee in problem.mentees
        if mentor.person != mentee.person
    ]
    return Random(seed).sample(pairs, min(most, len(pairs)))


def assert_smallest(seeds: range) -> tuple[int, int]:
    """How many were found and how many were not, all of them rightly."""
    told = {"found": 0, "not_found": 0}
    for seed in seeds:
        problem = a_light_round(seed)
        for mentor, mentee in some_pairs(problem, seed, most=2):
            answer = found(problem, mentor, mentee)
            assert answer.status != "unknown"
            if answer.status == "found" and answer.change is None:
                continue
            tried = smallest_by_trying(problem, mentor, mentee)
            changes = () if answer.change is None else (answer.change, *answer.others)
            assert {(one.rule, one.needed) for one in changes} == tried, (seed, mentor, mentee)
            told[answer.status] += 1
    return told["found"], told["not_found"]


def test_the_smallest_change_is_what_trying_every_weight_finds() -> None:
    some_found, some_not = assert_smallest(range(10))
    assert some_found >= 1
    assert some_not >= 3


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10, 640, 63))
def test_many_smallest_changes_are_what_trying_every_weight_finds(first: int) -> None:
    some_found, some_not = assert_smallest(range(first, first + 63))
    assert min(some_found, some_not) > 0
