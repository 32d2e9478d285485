"""A reopened round: what one more pin would cost, with most pairs never looked at again."""

from __future__ import annotations

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.levels import LEVELS
from solver.rulebook import choose_rules
from solver.search import find, reopened
from solver.search.clock import Clock
from solver.search.close_gap import values_of
from solver.search.find import may_be_wide, reopen
from solver.search.first_answer import NoAnswerError
from solver.search.messages import Start
from solver.search.reopened import ReopenedRound
from solver.solve import known_of
from tests.in_process import solve_here
from tests.limited_rounds import a_limited_round, free_pins
from tests.plain_mip import PlainProgramme
from tests.wide_rounds import a_wide_round, solve_as_large
from tests.worlds import World


def reopened_round(problem: Problem, result: MatchResult) -> ReopenedRound | None:
    world = World(problem)
    return reopen(problem, world.rules, world.network, known_of(result), Clock(60.0))


def pins_of(problem: Problem, result: MatchResult) -> list[Pair]:
    """Candidate pairs that are not made and might be."""
    pins = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in free_pins(problem)]
    return [pin for pin in pins if pin not in result.pairs]


@pytest.mark.parametrize("looked_at_each", [1, pytest.param(12, marks=pytest.mark.slow)])
def test_what_is_proved_is_the_optimum_with_the_pin_and_every_bound_is_true(
    looked_at_each: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where hardly a pair is looked at but those of people who become cheaper."""
    solve_as_large(monkeypatch)
    monkeypatch.setattr(reopened, "LOOKED_AT_EACH", looked_at_each)
    asked = proved = 0
    for seed in range(25):
        problem = a_limited_round(seed)
        try:
            result = solve_here(problem)
        except NoAnswerError:
            continue
        opened = reopened_round(problem, result)
        if opened is None:
            continue
        for pin in pins_of(problem, result)[:6]:
            answer, is_valid = opened.pinned(pin, Clock(60.0), lambda level, so_far: None)
            pinned = problem.with_pin(pin)
            best = PlainProgramme(pinned).best_values()
            asked += 1
            if best is None:
                assert not is_valid, (seed, pin)
                continue
            stands = answer.levels[:-1]
            assert stands[0].bound >= best[0], (seed, pin)
            if not is_valid:
                continue
            wide = a_wide_round(pinned)
            levels = [LEVELS[stand.name] for stand in stands]
            values = values_of(wide, levels, answer.pairs)
            if all(s.solved or s.bound == v for s, v in zip(stands, values, strict=True)):
                assert values == best[: len(values)], (seed, pin)
                proved += 1
    assert asked > 40
    assert proved > asked // 2


def test_rounds_that_are_held_whole_are_not_reopened() -> None:
    problem = a_limited_round(3)
    world = World(problem)
    assert not may_be_wide(problem, world.rules)
    assert reopen(problem, world.rules, world.network, Start(), Clock(60.0)) is None


def test_a_round_of_which_nothing_is_known_is_not_reopened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(find, "WIDE_FROM", 0)
    seed = next(n for n in range(100) if _is_intricate(a_limited_round(n)))
    problem = a_limited_round(seed)
    world = World(problem)
    assert reopen(problem, world.rules, world.network, Start(), Clock(60.0)) is None


def _is_intricate(problem: Problem) -> bool:
    return may_be_wide(problem, choose_rules(problem.policy))
