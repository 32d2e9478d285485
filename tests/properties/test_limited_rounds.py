"""Rounds under every further limit agree with exhaustive search and with a plain programme."""

from __future__ import annotations

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.search.first_answer import NoAnswerError
from tests import limited_rounds
from tests.exhaustive import best_answer
from tests.in_process import solve_here
from tests.limited_rounds import a_limited_round
from tests.plain_mip import PlainProgramme
from tests.wide_rounds import solve_as_large

CHUNK = 50
MOST_PEOPLE = 7
FEW = 2
"""So many rounds of a chunk may be left open: large ones with a gap, small ones at the tie rule,
where prices are beyond what the judge takes."""


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_small_rounds_agree(first: int) -> None:
    """In feasibility and in every level's value; all are proved, and the conflicts too."""
    _assert_small_rounds_agree(range(first, first + CHUNK), most_people=4)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 2_000, CHUNK))
def test_two_thousand_small_rounds_agree(first: int) -> None:
    _assert_small_rounds_agree(range(first, first + CHUNK), MOST_PEOPLE)


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_the_two_judges_of_values_agree(first: int) -> None:
    """So that the quicker one can be asked what the other takes minutes for."""
    for seed in range(first, first + CHUNK):
        problem = a_limited_round(seed, most_people=4)
        best = best_answer(problem)
        assert PlainProgramme(problem).best_values() == (best and best.values), seed


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_small_rounds_solved_like_large_ones_agree(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _assert_large_rounds_agree(range(first, first + CHUNK), monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(200, 2_000, CHUNK))
def test_two_thousand_small_rounds_solved_like_large_ones_agree(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _assert_large_rounds_agree(range(first, first + CHUNK), monkeypatch)


@pytest.mark.parametrize("levels", [("points", "mentees_matched"), ("mentors_used", "points")])
def test_points_and_people_may_come_in_any_order(
    levels: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An earlier level may reward pairs as well as places."""
    monkeypatch.setattr(limited_rounds, "LEVELS", (levels, (*levels[::-1], "mentees_matched_3")))
    _assert_large_rounds_agree(range(CHUNK), monkeypatch)


@pytest.mark.parametrize("levels", [("mentees_matched", "kept", "points"), ("kept", "points")])
def test_earlier_pairs_may_be_kept_before_points(
    levels: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A level of pairs that may all be among those a large round would not hold."""
    monkeypatch.setattr(limited_rounds, "LEVELS", (levels,))
    _assert_small_rounds_agree(range(CHUNK), most_people=4)
    _assert_large_rounds_agree(range(CHUNK), monkeypatch)


def _assert_small_rounds_agree(seeds: range, most_people: int) -> None:
    left_open = 0
    for seed in seeds:
        problem = a_limited_round(seed, most_people)
        best, found = best_answer(problem), _solved(problem)
        if best is None or isinstance(found, NoAnswerError):
            assert best is None, seed
            assert isinstance(found, NoAnswerError), seed
            assert found.conflict is not None, seed
            assert found.conflict.minimal, seed
            continue
        assert tuple(level.value for level in found.levels) == best.values, seed
        assert found.run.solve_status == "optimal", seed
        left_open += found.run.tie_rule != "lottery"
    assert left_open <= FEW


def _assert_large_rounds_agree(seeds: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds are true, proved levels are optimal, and what is infeasible really is.

    Nearly all levels but the tie rule are proved, and all of those are the optimum. A conflict
    is one that a linear programme sees; it need not be the smallest.
    """
    solve_as_large(monkeypatch)
    left_open = 0
    for seed in seeds:
        problem = a_limited_round(seed, MOST_PEOPLE)
        judge = PlainProgramme(problem)
        best, found = judge.best_values(), _solved(problem)
        if best is None or isinstance(found, NoAnswerError):
            assert best is None, seed
            assert isinstance(found, NoAnswerError), seed
            continue
        _assert_honest(found, judge, best)
        left_open += found.run.solve_status != "optimal"
    assert left_open <= FEW


def _solved(problem: Problem) -> MatchResult | NoAnswerError:
    try:
        return solve_here(problem)
    except NoAnswerError as error:
        return error


def _assert_honest(result: MatchResult, judge: PlainProgramme, best: tuple[int, ...]) -> None:
    """Every level against its optimum where the levels before it have the values they have."""
    earlier: dict[str, int] = {}
    for place, level in enumerate(result.levels):
        optimum: int | None = best[place]
        if tuple(earlier.values()) != best[:place]:
            optimum = judge.best_given(level.name, earlier)
        assert optimum is not None
        assert level.value <= optimum <= level.bound
        assert level.certified_bound is None or level.certified_bound > optimum
        assert not level.proved or level.value == optimum
        earlier[level.name] = level.value
