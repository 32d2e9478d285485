from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.relaxation.network import network_value
from solver.search import decide as decisions
from solver.search.clock import Clock
from solver.search.decide import Decision, confirm, decide, on_face
from solver.search.draft import Reduced
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.exhaustive import best_answer
from tests.mutual_rounds import a_mutual_round
from tests.strategies import a_small_round
from tests.worlds import World

LEVELS = ("mentees_matched", "points")


def unpriced(world: World, level: str) -> Decision:
    """A level to decide whose prices are all 0: a bound as poor as can be, and still one."""
    groups = len(world.groups)
    return Decision(
        network=world.network,
        face=world.face,
        groups=world.groups,
        active=np.arange(groups),
        objective=Reduced(
            pairs=world.gains(level),
            segments=world.network.segments.gains[level],
            slacks=np.zeros(groups, dtype=np.int64),
        ),
        kept=[],
    )


def bound_of(world: World, decision: Decision) -> int:
    """What everything that gains would gain together."""
    segments = world.network.segments
    places = np.maximum(decision.objective.segments, 0) @ segments.capacity
    return int(np.maximum(decision.objective.pairs, 0).sum() + places)


def decided(decision: Decision, world: World, seconds: float = 60) -> decisions.SearchAnswer:
    return decide(decision, world.greedy, world.greedy, Clock(seconds))


@pytest.mark.parametrize("seed", range(40))
def test_the_first_level_is_decided_to_its_optimum_under_any_prices(seed: int) -> None:
    world = World(a_small_round(seed))
    level = world.levels[0]
    decision = unpriced(world, level.name)
    found = decided(decision, world)
    value = network_value(world.problem, world.network, level, world.pairs.where(found.standing))
    best = best_answer(world.problem)
    assert best is not None
    assert found.proved
    assert value == best.values[0]


@pytest.mark.parametrize("seed", [0, 3, 6])
def test_a_core_is_widened_until_it_holds_every_better_answer(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Begun with no pair beyond the known answer's, it ends with the same loss."""
    world = World(a_mutual_round(seed, people=12))
    decision = unpriced(world, "points")
    widths: list[int] = []
    real = decisions._core

    def counted(decision: Decision, known: np.ndarray, held: np.ndarray, width: int) -> object:
        widths.append(width)
        return real(decision, known, held, width)

    at_once = decided(decision, world)
    monkeypatch.setattr(decisions, "_core", counted)
    monkeypatch.setattr(decisions, "_first_width", lambda decision, loss: 0)
    step_by_step = decided(decision, world)
    assert (step_by_step.loss, step_by_step.proved) == (at_once.loss, True)
    assert len(set(widths)) > 2
    assert widths[1:] == sorted(widths[1:])


def test_an_answer_that_loses_nothing_is_not_searched_for_again() -> None:
    world = World(a_problem())
    decision = unpriced(world, "points")
    found = decide(decision, world.standing(("M1", "E1")), world.greedy, _no_time_is_asked)
    assert (found.loss, found.proved) == (0, True)


def test_less_than_one_unit_of_the_level_is_no_loss() -> None:
    """Two halves make a unit: an answer that loses one of them is optimal by the bound."""
    world = World(a_problem())
    decision = replace(unpriced(world, "points"), scale=2)
    none = np.zeros(1, dtype=np.bool_)
    half, whole = (replace(decision.objective, pairs=np.array([size])) for size in (1, 2))
    found = decide(replace(decision, objective=half), none, none, _no_time_is_asked)
    assert (found.loss, found.proved) == (1, True)
    found = decide(replace(decision, objective=whole), none, none, Clock(60.0))
    assert (found.loss, found.proved) == (0, True)
    assert found.standing.all()


def test_without_time_the_answer_in_hand_is_kept_and_not_called_proved() -> None:
    world = World(_contended())
    standing = world.standing(("M1", "E1"))
    found = decide(unpriced(world, "points"), standing, standing, Clock(0.0))
    assert not found.proved
    assert world.made(found.standing) == [("M1", "E1")]


def test_a_core_that_had_to_leave_pairs_out_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """E2 is worth more to M1; with room for one pair, only the known one is put to CP-SAT."""
    world = World(_contended())
    decision, known = unpriced(world, "points"), world.standing(("M1", "E1"))
    monkeypatch.setattr(decisions, "MOST_CORE_PAIRS", 1)
    found = decide(decision, known, known, Clock(60.0))
    assert world.made(found.standing) == [("M1", "E1")]
    assert not found.proved
    monkeypatch.setattr(decisions, "MOST_CORE_PAIRS", 2)
    found = decide(decision, known, known, Clock(60.0))
    assert world.made(found.standing) == [("M1", "E2")]
    assert found.proved


def test_pairs_held_are_put_to_cp_sat_where_not_all_can_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(_contended())
    decision, known = unpriced(world, "points"), world.standing(("M1", "E1"))
    monkeypatch.setattr(decisions, "MOST_CORE_PAIRS", 1)
    found = decide(decision, known, np.ones(2, dtype=np.bool_), Clock(60.0))
    assert world.made(found.standing) == [("M1", "E2")]
    assert not found.proved


def test_an_optimum_is_confirmed_and_anything_else_is_not() -> None:
    """Prices of 0 make a true bound only where nobody contends."""
    free, contended = World(a_problem()), World(_contended())
    confirmed = confirm(unpriced(free, "points"), free.standing(("M1", "E1")), Clock(60.0))
    assert confirmed is not None
    assert free.made(confirmed.standing) == [("M1", "E1")]
    for seconds in (60.0, 0.0):
        standing = contended.standing(("M1", "E2"))
        assert confirm(unpriced(contended, "points"), standing, Clock(seconds)) is None


def test_what_is_settled_or_beyond_the_gap_loses_nothing() -> None:
    world = World(_contended())
    face = replace(world.face, state=np.array([0, 1], dtype=np.int8))
    reduced = Reduced(np.array([-5, 7]), np.arange(len(face.segments)), np.zeros(0, np.int64))
    assert on_face(face, reduced).pairs.tolist() == [-5, 0]
    assert on_face(face, reduced, gap=4).pairs.tolist() == [0, 0]
    assert on_face(face, reduced, gap=1).segments.tolist() == [0, 1] + [0] * (
        len(face.segments) - 2
    )


def test_bounds_less_losses_are_values() -> None:
    for seed in range(20):
        world = World(a_small_round(seed))
        level = world.levels[-2]
        decision = unpriced(world, level.name)
        found = decided(decision, world)
        pairs = world.pairs.where(found.standing)
        value = network_value(world.problem, world.network, level, pairs)
        assert value == bound_of(world, decision) - found.loss


def _contended() -> Problem:
    """One place, for E1 or for E2, who is worth more."""
    return a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentee("E1", seeks=("data", "law")),
        a_mentee("E2", seeks=("law",)),
        policy=a_policy("grade_seniority", expertise_overlap={"weight": 10}),
        tie_salt="in the order of E1 and E2",
    )


def _no_time_is_asked() -> float:
    raise AssertionError("CP-SAT was called")
