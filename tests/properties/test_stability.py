"""A weight's interval is what trying every weight finds, on small rounds."""

from __future__ import annotations

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from models.domain.stability import WeightStability
from scenarios.weights.stability import Stabilities
from solver.judge.audit import audit
from solver.levels import TIE_RULE
from solver.questions.changed_rounds import weighable, with_weight
from solver.questions.solving import solve_untied
from solver.rule import Objective
from solver.rulebook import choose_rules
from solver.search.clock import Clock
from tests.exhaustive import best_answer
from tests.in_process import solve_here
from tests.light_rounds import LARGEST, a_light_round, pins_stand

A_PART = 10


def stays(problem: Problem, result: MatchResult, rule: Objective, weight: int) -> bool:
    """Whether no answer of all there are is better with another weight."""
    other = with_weight(problem, rule, weight)
    if not pins_stand(other):
        return False
    own, best = audit(other, choose_rules(other.policy), result.pairs), best_answer(other)
    if not own.accepted or best is None:
        return False
    values = zip(other.policy.levels, best.values, strict=True)
    return all(own.values[name] == value for name, value in values if name != TIE_RULE)


def by_trying(problem: Problem, result: MatchResult, rule: Objective) -> tuple[int, int]:
    """The neighbours of today's weight at which the answer stays optimal, one by one."""
    least = most = rule.weight
    while least > 0 and stays(problem, result, rule, least - 1):
        least -= 1
    while most < LARGEST and stays(problem, result, rule, most + 1):
        most += 1
    return least, most


def assert_every_interval(seeds: range) -> tuple[int, int]:
    """How many weights have an edge inside the range, and how many have none, all rightly."""
    inner = free = 0
    for seed in seeds:
        problem = a_light_round(seed)
        result = solve_here(problem)
        found = Stabilities(problem, result, lambda p: solve_untied(p, Clock(60)), LARGEST)
        stability = found.all_weights()
        points = next((x.value for x in result.levels if x.name == "points"), None)
        assert points is None or stability.points == points, seed
        told: dict[str, WeightStability] = {one.rule: one for one in stability.weights}
        for name, rule in weighable(problem).items():
            tried = by_trying(problem, result, rule)
            if name not in told:
                assert tried == (0, LARGEST), (seed, name)
                continue
            assert told[name].proved, (seed, name)
            assert (told[name].least, told[name].most) == tried, (seed, name)
            inner += tried != (0, LARGEST)
            free += tried == (0, LARGEST)
    return inner, free


@pytest.mark.parametrize("first", range(0, 20, A_PART))
def test_every_interval_is_what_trying_every_weight_finds(first: int) -> None:
    inner, free = assert_every_interval(range(first, first + A_PART))
    assert inner >= A_PART // 2
    assert free >= A_PART // 2


@pytest.mark.slow
@pytest.mark.parametrize("first", range(20, 320, 30))
def test_many_intervals_are_what_trying_every_weight_finds(first: int) -> None:
    inner, free = assert_every_interval(range(first, first + 30))
    assert min(inner, free) > 0
