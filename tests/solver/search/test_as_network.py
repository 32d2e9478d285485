"""A level as a network; that it is right on every level of a round is in `tests/properties`."""

from __future__ import annotations

import pytest

from models.domain.problem import Problem
from solver.levels import LEVELS
from solver.relaxation import outside
from solver.relaxation.answer import Answer
from solver.relaxation.outside import Outside, first_held
from solver.scoring.screen import Screen
from solver.search.as_network import solve_as_network
from solver.search.greedy import greedy_answer
from solver.search.state import SearchState
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.exhaustive import best_answer
from tests.in_process import solve_here
from tests.strategies import a_small_round
from tests.wide_rounds import solve_holding_few
from tests.worlds import World

LATER_ROUNDS = (pytest.param(first, marks=pytest.mark.slow) for first in (50, 100))


@pytest.mark.parametrize("most_on_a_face", [0, 3, 500_000])
@pytest.mark.parametrize("first", [0, *LATER_ROUNDS])
def test_a_search_that_holds_few_pairs_finds_what_one_that_holds_all_does(
    most_on_a_face: int, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pair a person to begin with, and pricing finds the rest, in and outside what is held."""
    solve_holding_few(monkeypatch, most_on_a_face)
    for seed in range(first, first + 50):
        problem = a_small_round(seed)
        best = best_answer(problem)
        result = solve_here(problem)
        assert best is not None
        assert tuple(level.value for level in result.levels) == best.values
        assert tuple((made.mentor, made.mentee) for made in result.assignments) == best.pairs
        assert all(level.proved for level in result.levels)


def test_pairs_that_were_never_held_are_found_by_pricing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five mentees hold the same best mentor to begin with, and each gets one."""
    monkeypatch.setattr(outside, "START_COLUMNS", 1)
    problem = _five_by_five()
    world = World(problem)
    screen = Screen(problem, world.rules)
    held = first_held(screen)
    state = SearchState(
        problem,
        world.rules,
        world.network,
        world.groups,
        held,
        Outside(screen),
    )
    standing = greedy_answer(problem, world.rules, held)
    solved = solve_as_network(
        state, LEVELS["mentees_matched"], standing, Answer(held, ()), lambda level, answer: None
    )
    assert standing.sum() < 5
    assert solved.standing.sum() == 5
    assert len(held) < len(state.pairs)


def test_answers_that_break_a_limit_left_out_are_not_told() -> None:
    """A and B are worth most to each other, and may not both have their wish."""
    people = [a_person(name, mentor={"prefers": other}, mentee={}) for name, other in _FRIENDS]
    problem = a_problem(*people, policy=a_policy("one_direction"))
    world = World(problem)
    state = SearchState(
        problem,
        world.rules,
        world.network,
        world.groups,
        world.pairs,
        Outside(None),
    )
    told: list[Answer] = []
    solved = solve_as_network(
        state,
        LEVELS["mentees_matched"],
        world.greedy,
        Answer(world.pairs, ()),
        lambda level, answer: told.append(answer),
    )
    assert solved.standing.sum() == 2
    assert told == []


_FRIENDS = (("A", ("B",)), ("B", ("A",)))


def _five_by_five() -> Problem:
    words = ("law",)
    mentors = (a_mentor("M0", offers=words), *(a_mentor(f"M{n}") for n in range(1, 5)))
    return a_problem(*mentors, *(a_mentee(f"E{n}", seeks=words) for n in range(5)))
