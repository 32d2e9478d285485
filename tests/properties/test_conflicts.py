"""Every set of rules and pins that is said to collide does, and holds without any one of them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Collision
from solver.search.first_answer import NoAnswerError
from tests.exhaustive import best_answer
from tests.in_process import solve_here
from tests.pinned_rounds import an_overpinned_round
from tests.plain_mip import PlainProgramme
from tests.wide_rounds import solve_as_large

CHUNK = 25
ALWAYS = ("mentor_capacity", "mentee_demand", "pinned_pairs")


@pytest.mark.parametrize("first", range(0, 300, CHUNK))
def test_every_collision_is_a_smallest_one(first: int) -> None:
    assert _smallest_collisions(range(first, first + CHUNK)) > CHUNK // 3


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 1_000, CHUNK))
def test_a_thousand_rounds_collide_in_smallest_sets(first: int) -> None:
    assert _smallest_collisions(range(first, first + CHUNK), most_people=6) > CHUNK // 4


@pytest.mark.parametrize("first", range(0, 50, CHUNK))
def test_the_two_judges_of_collisions_agree(first: int) -> None:
    """So that the quicker one can be asked what exhaustive search takes minutes for."""
    for seed in range(first, first + CHUNK):
        problem = an_overpinned_round(seed, most_people=3)
        found = _collision(problem)
        if found is None or "change_budget" in found.rules:
            # What a change budget calls unavoidable depends on the pins.
            continue
        for rules, pins in ((found.rules, found.pins), *_without_one(found)):
            by_search = _by_exhaustive_search(problem, rules, pins)
            assert by_search == _can_hold(problem, rules, pins), seed


@pytest.mark.parametrize("first", range(0, 50, CHUNK))
def test_of_large_rounds_a_collision_is_true_and_says_whether_it_is_smallest(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    solve_as_large(monkeypatch)
    smallest = 0
    for seed in range(first, first + CHUNK):
        problem = an_overpinned_round(seed)
        found = _collision(problem)
        if found is not None:
            assert not _can_hold(problem, found.rules, found.pins), seed
            if found.minimal:
                _assert_nothing_is_needless(problem, found)
                smallest += 1
    assert smallest > CHUNK // 5


def _smallest_collisions(seeds: range, most_people: int = 4) -> int:
    count = 0
    for seed in seeds:
        problem = an_overpinned_round(seed, most_people)
        found = _collision(problem)
        if found is None:
            assert PlainProgramme(problem).best_values(levels=1) is not None, seed
            continue
        assert found.minimal, seed
        assert not _can_hold(problem, found.rules, found.pins), seed
        _assert_nothing_is_needless(problem, found)
        count += 1
    return count


def _collision(problem: Problem) -> Collision | None:
    """What the search says cannot hold together; None where it has an answer."""
    try:
        solve_here(problem)
    except NoAnswerError as error:
        return error.conflict
    return None


def _assert_nothing_is_needless(problem: Problem, found: Collision) -> None:
    for rules, pins in _without_one(found):
        assert _can_hold(problem, rules, pins), found


def _without_one(found: Collision) -> list[tuple[tuple[str, ...], tuple[Pair, ...]]]:
    rules, pins = found.rules, found.pins
    return [
        *((tuple(other for other in rules if other != rule), pins) for rule in rules),
        *((rules, tuple(other for other in pins if other != pin)) for pin in pins),
    ]


def _can_hold(problem: Problem, rules: Iterable[str], pins: Iterable[Pair]) -> bool:
    """Whether some answer keeps these limits, these pins and everybody's places."""
    programme = PlainProgramme(problem, frozenset(rules), pins)
    return programme.best_values(levels=1) is not None


def _by_exhaustive_search(problem: Problem, rules: Iterable[str], pins: Iterable[Pair]) -> bool:
    kept = tuple(
        choice
        for choice in problem.policy.rules
        if choice.kind != "constraint" or choice.name in (*ALWAYS, *rules)
    )
    policy = problem.policy.model_copy(update={"rules": kept})
    return best_answer(problem.changed(policy=policy, pins=tuple(pins))) is not None
