"""Under every fairness mode the solver finds what a search of every answer finds.

Rounds with and without further limits; the certificate is judged, the blocking pairs and the
price of fairness are told again from their definitions.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.fairness.balanced_load import BalancedLoad
from solver.fairness.coverage import Coverage
from solver.fairness.floor import Floor
from solver.fairness.max_floor import MaxFloor
from solver.fairness.priority_tiers import PriorityTiers
from solver.fairness.total import Total
from solver.fairness_mode import FairnessMode
from solver.judge.price import COMPARED, compared
from solver.judge.verify import verify_result
from solver.modes import under_mode
from solver.price_of_fairness import find_price
from tests.exhaustive import Best, best_answer
from tests.exhaustive_fairness import best_under_max_floor, blocking
from tests.in_process import SearchesHere, solve_here
from tests.limited_rounds import a_limited_round
from tests.strategies import a_small_round

CHUNK = 25
ROUNDS = 500
IN_THE_QUICK_SUITE = 25

MODES: dict[str, Callable[[Random], FairnessMode]] = {
    "coverage": lambda chance: Coverage(),
    "total": lambda chance: Total(),
    "priority_tiers": lambda chance: PriorityTiers(),
    "balanced_load": lambda chance: BalancedLoad(),
    "floor": lambda chance: Floor(points=chance.choice((1, 5_000, 30_000))),
    "max_floor": lambda chance: MaxFloor(),
}
"""Every mode of which exhaustive search of sums, or of floors, is the judge."""

chunks = [
    pytest.param(first, marks=[] if first < IN_THE_QUICK_SUITE else pytest.mark.slow)
    for first in range(0, ROUNDS, CHUNK)
]


@pytest.mark.parametrize("first", chunks)
@pytest.mark.parametrize("mode", MODES)
def test_every_mode_agrees_with_exhaustive_search(mode: str, first: int) -> None:
    """Every level's value, the pairs by the tie rule, every level proved and the proof judged."""
    answers = 0
    for seed in range(first, first + CHUNK):
        problem = a_fair_round(seed, MODES[mode])
        best = best_of_all(problem)
        if best is None:
            continue
        answers += 1
        result = solve_here(problem)
        assert tuple(level.value for level in result.levels) == best.values, seed
        assert made(result) == best.pairs, seed
        assert result.run.solve_status == "optimal", seed
        assert verify_result(problem, result).accepted, seed
        assert told(result) == blocking(problem, best.pairs, 0), seed
        if first == 0:
            assert solve_here(problem, over_arrays=True) == result, seed
    assert answers > CHUNK / 3


@pytest.mark.parametrize("first", chunks)
def test_the_price_of_fairness_is_the_distance_to_the_best_there_is(first: int) -> None:
    for seed in range(first, first + CHUNK):
        problem = a_fair_round(seed, MODES["max_floor"])
        if best_of_all(problem) is None:
            continue
        result = solve_here(problem)
        prices = find_price(problem, result, SearchesHere())
        assert [price.mode for price in prices] == list(COMPARED)
        for price in prices:
            best = best_answer(compared(problem, price.mode))
            assert best is not None
            names = compared(problem, price.mode).policy.levels
            values = dict(zip(names, best.values, strict=True))
            for level in price.levels:
                assert level.proved, seed
                assert level.value == values[level.name], seed
                assert level.difference == values[level.name] - own(result, level.name), seed
        priced = result.model_copy(update={"price_of_fairness": prices})
        assert verify_result(problem, priced).accepted


def a_fair_round(seed: int, mode: Callable[[Random], FairnessMode]) -> Problem:
    """A small round under a mode; every third has further limits."""
    chance = Random(f"fairness {seed}")
    problem = a_limited_round(seed, most_people=4) if seed % 3 == 0 else a_small_round(seed)
    fair = problem.changed(policy=under_mode(problem.policy, mode(chance)))
    return fair.changed(pins=()) if fair.policy.fairness.mode == "floor" else fair


def best_of_all(problem: Problem) -> Best | None:
    if "worst_points" in problem.policy.levels:
        return best_under_max_floor(problem)
    return best_answer(problem)


def made(result: MatchResult) -> tuple[tuple[str, str], ...]:
    return tuple((pair.mentor, pair.mentee) for pair in result.assignments)


def told(result: MatchResult) -> dict[tuple[str, str], int]:
    """The blocking pairs of a result so small that all are named."""
    blocks = result.blocking_pairs
    assert blocks.count == len(blocks.worst)
    gains = [pair.gain for pair in blocks.worst]
    assert gains == sorted(gains, reverse=True)
    return {(pair.mentor, pair.mentee): pair.gain for pair in blocks.worst}


def own(result: MatchResult, level: str) -> int:
    """What a result comes to at a level, by the rules that the round has without its mode."""
    if level == "mentees_matched":
        return len({pair.mentee for pair in result.assignments})
    return sum(pair.points for pair in result.assignments) - sum(
        cost.cost for cost in result.load_costs
    )
