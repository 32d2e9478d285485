"""Shells and what they prove; that the answers are right is in `tests/properties`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.levels import LEVELS
from solver.relaxation.wide_prices import WidePrices
from solver.relaxation.wide_round import WideRound
from solver.scoring.candidates import CandidatePairs
from solver.search import close_gap as module
from solver.search.clock import Clock
from solver.search.close_gap import (
    Closed,
    close_gap,
    has_earlier_values,
    keeps_limits,
    lowest_value,
    value_of,
    values_of,
)
from solver.search.gap_shell import Finish
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.exhaustive import best_answer
from tests.limited_rounds import a_limited_round
from tests.wide_rounds import a_wide_round, relaxed

LEFT_TO_AN_ENGINE = 212
"""A round of which the relaxation says that five can be matched, where two can."""


def closed_at_first_level(
    problem: Problem, seconds: float = 60.0
) -> tuple[WideRound, Closed | None]:
    wide = a_wide_round(problem)
    prices = relaxed(wide, problem.policy.levels[0])
    return wide, close_gap(wide, prices, None, Clock(seconds))


def test_a_first_level_is_proved_and_is_the_optimum() -> None:
    proved = 0
    for seed in range(60):
        problem = a_limited_round(seed, most_people=4)
        best = best_answer(problem)
        wide, closed = closed_at_first_level(problem)
        if best is None or closed is None:
            assert best is None, seed
            continue
        assert keeps_limits(wide, closed.pairs), seed
        value = value_of(wide, LEVELS[problem.policy.levels[0]], closed.pairs)
        assert closed.proved, seed
        assert value == best.values[0], seed
        proved += 1
    assert proved > 30


@pytest.mark.parametrize(("seconds", "asked_once"), [(0.0, True), (60.0, False)])
def test_where_an_engine_finds_nothing_wider_shells_are_tried_while_there_is_time(
    seconds: float, asked_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to one that no answer can lie outside of."""
    widths: list[int] = []

    def finds_nothing(wide: object, prices: object, shell: object, width: int, *_: object) -> None:
        widths.append(width)

    monkeypatch.setattr(module, "finish", finds_nothing)
    wide, closed = closed_at_first_level(a_limited_round(LEFT_TO_AN_ENGINE), seconds)
    assert closed is None
    assert widths == sorted(set(widths))
    assert (len(widths) == 1) is asked_once
    assert asked_once or widths[-1] == relaxed(wide, "mentees_matched").bound + 1


def test_earlier_values_that_nobody_has_attained_may_be_missed() -> None:
    """Nothing can have both mentees matched: the answer falls short, and proves nothing."""
    problem = a_problem(
        a_mentor(), a_mentee("E1"), a_mentee("E2"), policy=a_policy(total_commitments={"most": 1})
    )
    wide = a_wide_round(problem)
    points = relaxed(wide, "points", mentees_matched=1)
    beyond = WidePrices(
        points.level, points.own, {}, {}, [(LEVELS["mentees_matched"], 2)], points.bound
    )
    closed = close_gap(wide, beyond, None, Clock(60.0))
    assert closed is not None
    assert (len(closed.pairs), closed.proved) == (1, False)
    assert not has_earlier_values(wide, beyond, closed.pairs)
    met = close_gap(wide, points, closed.pairs, Clock(60.0))
    assert met is not None
    assert met.proved
    assert has_earlier_values(wide, points, met.pairs)


def test_a_shell_that_is_too_narrow_for_a_proof_is_made_as_wide_as_the_loss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It begins with a width of 1, and every optimum is proved all the same."""
    wide_enough = [closed_at_first_level(a_limited_round(seed))[1] for seed in range(40)]
    monkeypatch.setattr(module, "SHELL_PAIRS_EACH", 0)
    for seed, right in enumerate(wide_enough):
        wide, found = closed_at_first_level(a_limited_round(seed))
        assert (found is None) == (right is None), seed
        if found and right:
            level = LEVELS[wide.problem.policy.levels[0]]
            assert value_of(wide, level, found.pairs) == value_of(wide, level, right.pairs), seed
            assert found.proved, seed


def test_a_shell_of_too_many_pairs_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the pairs held are taken then."""
    monkeypatch.setattr(module, "MOST_SHELL_PAIRS_EACH", 0)
    problem = a_problem(
        a_mentor(), a_mentee("E1"), a_mentee("E2"), policy=a_policy(total_commitments={"most": 1})
    )
    _, closed = closed_at_first_level(problem)
    assert closed is not None
    assert (len(closed.pairs), closed.proved) == (1, False)


@pytest.mark.parametrize(
    ("chosen", "keeps"),
    [([], False), ([0], True), ([1], False), ([0, 1], False), ([0, 2], False), ([0, 3], True)],
)
def test_an_engines_answer_is_checked_in_whole_numbers(chosen: list[int], keeps: bool) -> None:
    """The pin, a mentor's places, a mentee's wish and a team kept apart; nothing is believed."""
    problem = a_problem(
        a_mentor("M1", capacity=2),
        a_mentor("M2", capacity=1),
        a_mentee("E1", team="T1"),
        a_mentee("E2", team="T1"),
        policy=a_policy("same_team_apart"),
        pins=[("M1", "E1")],
    )
    pairs = _pairs(problem, ("M1", "E1"), ("M2", "E1"), ("M1", "E2"), ("M2", "E2"))
    wide = a_wide_round(problem)
    assert keeps_limits(wide, pairs.where(np.array(chosen, dtype=np.int64))) is keeps


def test_an_answer_that_keeps_not_every_limit_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An engine that takes every pair there is."""

    def greedy_engine(wide: WideRound, prices: object, shell: CandidatePairs, *_: object) -> Finish:
        return Finish(shell, optimal=True)

    monkeypatch.setattr(module, "finish", greedy_engine)
    problem = a_problem(a_mentor(), a_mentee("E1"), a_mentee("E2"))
    assert closed_at_first_level(problem)[1] is None


def test_costs_of_loads_are_the_least_that_an_answer_can_be_worth() -> None:
    problem = a_problem(
        a_mentor(capacity=3),
        *(a_mentee(f"E{n}") for n in range(3)),
        policy=a_policy(balanced_load={"weight": 3}),
    )
    wide = a_wide_round(problem)
    (every,) = wide.blocks
    assert lowest_value(wide, LEVELS["points"]) == -300 - 600
    levels = [LEVELS["mentees_matched"], LEVELS["points"]]
    assert values_of(wide, levels, every) == (3, -900)
    assert lowest_value(wide, LEVELS["mentees_matched"]) == 0


def _pairs(problem: Problem, *made: tuple[str, str]) -> CandidatePairs:
    mentors = [p.reference for p in problem.mentors]
    mentees = [p.reference for p in problem.mentees]
    return CandidatePairs(
        np.array([mentors.index(m) for m, _ in made], dtype=np.int32),
        np.array([mentees.index(e) for _, e in made], dtype=np.int32),
        np.zeros(len(made), dtype=np.int32),
    )


def test_a_wider_shell_that_would_be_too_large_leaves_the_answer_unproved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first shell is small; one as wide as the answer's loss would hold too many pairs."""
    monkeypatch.setattr(module, "SHELL_PAIRS_EACH", 0)
    monkeypatch.setattr(module, "MOST_SHELL_PAIRS_EACH", 0.5)
    closed = [closed_at_first_level(a_limited_round(seed))[1] for seed in range(80)]
    found = [one for one in closed if one is not None]
    assert {one.proved for one in found} == {True, False}


def test_a_worse_answer_of_an_engine_that_was_stopped_does_not_replace_a_better_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It proves its first answer in a shell too narrow, and is stopped in the next."""
    problem = a_limited_round(LEFT_TO_AN_ENGINE)
    real, asked = module.finish, list[int]()

    def stopped_the_second_time(wide: WideRound, *others: Any) -> Finish | None:
        asked.append(1)
        if len(asked) == 1:
            return real(wide, *others)
        nobody = wide.blocks[0].where(np.zeros(len(wide.blocks[0]), dtype=np.bool_))
        return Finish(nobody, optimal=False)

    monkeypatch.setattr(module, "finish", stopped_the_second_time)
    _, closed = closed_at_first_level(problem)
    assert closed is not None
    assert len(asked) == 2
    assert (len(closed.pairs), closed.proved) == (2, False)


def test_an_answer_may_lose_a_part_of_a_unit_more_than_a_rounded_bound_shows() -> None:
    """Here the bound is 916 and two thirds, and the only answer is worth nothing."""
    problem = a_limited_round(35)
    policy = problem.policy.model_copy(update={"levels": ("points", "lottery")})
    _, closed = closed_at_first_level(problem.model_copy(update={"policy": policy}))
    assert closed is not None
    assert closed.proved
