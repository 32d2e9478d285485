"""Of pins that collide, the most valuable set that can stand is kept."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.judge.facts import candidate_pairs
from solver.judge.verify import verify_result
from solver.levels import PINS_KEPT
from solver.questions.anew import with_pin
from solver.rulebook import choose_rules
from tests.exhaustive import Best, best_answer
from tests.forcings import forcing_of
from tests.in_process import solve_here
from tests.pinned_rounds import a_droppable_network, a_droppable_round
from tests.plain_mip import PlainProgramme
from tests.wide_rounds import solve_as_large, solve_holding_few

CHUNK = 25
TOLD = ("MENTOR_OVER_PINNED", "MENTEE_OVER_PINNED", "GROUP_CAP_OVER_PINNED", "PIN_DROPPED")


@pytest.mark.parametrize("first", range(0, 300, CHUNK))
def test_the_kept_pins_are_those_that_a_search_of_every_set_keeps(first: int) -> None:
    """In number, in every level's value, and down to the pairs by the tie rule."""
    problems = (a_droppable_round(seed, most_people=3) for seed in range(first, first + CHUNK))
    assert _agreeing(problems) > CHUNK // 8


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 1_000, CHUNK))
def test_a_thousand_rounds_keep_the_pins_that_a_search_of_every_set_keeps(first: int) -> None:
    problems = (a_droppable_round(seed, most_people=4) for seed in range(first, first + CHUNK))
    assert _agreeing(problems) > CHUNK // 8


@pytest.mark.parametrize("most_on_a_face", [0, 3, 500_000])
@pytest.mark.parametrize("first", range(0, 50, CHUNK))
def test_a_search_that_holds_few_pairs_keeps_the_same_pins(
    first: int, most_on_a_face: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    solve_holding_few(monkeypatch, most_on_a_face)
    problems = (a_droppable_network(seed) for seed in range(first, first + CHUNK))
    assert _agreeing(problems, over_arrays=True) > CHUNK // 8


@pytest.mark.parametrize("first", range(0, 50, CHUNK))
def test_large_rounds_keep_as_many(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    solve_as_large(monkeypatch)
    for seed in range(first, first + CHUNK):
        problem = a_droppable_round(seed)
        best = PlainProgramme(problem).best_values(levels=2)
        if best is None or not problem.droppable_pins:
            continue
        result = solve_here(problem)
        assert tuple(level.value for level in result.levels[:2]) == best, seed
        _assert_told(problem, result)


def test_forcing_a_pair_costs_what_exhaustive_search_finds_in_pins_as_well() -> None:
    """Out of the residual network, of which kept pins are the first level."""
    told = costly = 0
    for seed in range(40):
        problem = a_droppable_network(seed)
        result = solve_here(problem)
        forcing = forcing_of(problem, result)
        made = {(pair.mentor, pair.mentee) for pair in result.assignments}
        rules = choose_rules(problem.policy)
        for mentor, mentee, _ in candidate_pairs(problem, rules) if forcing else ():
            names = mentor.reference, mentee.reference
            change = forcing.force(*names) if forcing and names not in made else None
            if change is None:
                continue
            best = best_answer(with_pin(problem, *names))
            assert best is not None
            values = [level.value for level in result.levels[:-1]]
            losses = [value - other for value, other in zip(values, best.values, strict=False)]
            assert list(change.losses.values()) == losses, seed
            told, costly = told + 1, costly + bool(losses[0])
    assert told > 40
    assert costly > 5


def _agreeing(problems: Iterable[Problem], over_arrays: bool = False) -> int:
    """How many rounds dropped a pin; all of them agree with the judge."""
    dropping = 0
    for problem in problems:
        best = _best_of_every_set(problem)
        if best is None:
            continue
        result = solve_here(problem, over_arrays)
        made = tuple(sorted((pair.mentor, pair.mentee) for pair in result.assignments))
        kept = sum(pair in problem.droppable for pair in best.pairs)
        assert tuple(level.value for level in result.levels) == (kept, *best.values)
        if result.run.tie_rule == "lottery":
            assert made == best.pairs
        _assert_told(problem, result)
        dropping += bool(result.dropped_pins)
    return dropping


def _best_of_every_set(problem: Problem) -> Best | None:
    """The best answer with as many of the pins as any answer has, by pinning set after set."""
    levels = tuple(name for name in problem.policy.levels if name != PINS_KEPT)
    policy = problem.policy.model_copy(update={"levels": levels})
    pins = problem.droppable_pins
    for size in range(len(pins), -1, -1):
        found = [
            best
            for some in combinations(pins, size)
            if (best := best_answer(problem.changed(policy=policy, pins=some, droppable_pins=())))
        ]
        if found:
            most = max(best.values for best in found)
            return Best(most, min(best.pairs for best in found if best.values == most))
    return None


def _assert_told(problem: Problem, result: MatchResult) -> None:
    """Every pin stands as a pin or is dropped with a reason, and the judge says the same."""
    pinned = {(a.mentor, a.mentee) for a in result.assignments if a.forced_by == "pin"}
    dropped = {(pin.mentor, pin.mentee) for pin in result.dropped_pins}
    assert pinned | dropped == problem.droppable
    assert not pinned & dropped
    assert all(pin.code in TOLD and pin.because for pin in result.dropped_pins)
    assert len([issue for issue in result.issues if issue.code == "PIN_DROPPED"]) == len(dropped)
    assert verify_result(problem, result).accepted
