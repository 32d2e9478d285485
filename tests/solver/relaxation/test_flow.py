from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver.relaxation.face import FULL, Arcs
from solver.relaxation.flow import Flow, FlowFailedError, best_flow, settle_prices
from tests.builders import a_mentee, a_mentor, a_problem
from tests.exhaustive import best_answer
from tests.strategies import a_small_round
from tests.worlds import World, network_seeds


def arcs_of(world: World, level: str) -> Arcs:
    """All of a round's arcs with a level's gains."""
    gains = world.gains(level)[world.face.free_places]
    held = np.ones(len(gains), dtype=np.bool_)
    return world.face.arcs(world.network, world.network.segments.gains[level], held, gains)


def no_prices(world: World) -> np.ndarray:
    return np.zeros(world.network.nodes, dtype=np.int64)


def gain_of(arcs: Arcs, flow: Flow) -> int:
    return int(arcs.pair_gains[flow.used].sum() + flow.places @ arcs.segment_gains)


def assert_complementary(world: World, arcs: Arcs, flow: Flow, prices: np.ndarray) -> None:
    """What is used gains at least nothing under the prices, what is left at most nothing."""
    pairs = arcs.pair_gains - prices[arcs.mentees] - prices[arcs.mentors + world.network.mentees]
    assert (pairs[flow.used] >= 0).all()
    assert (pairs[~flow.used] <= 0).all()
    places = arcs.segment_gains + prices[arcs.node]
    assert (places[flow.places > 0] >= 0).all()
    assert (places[flow.places < arcs.capacity] <= 0).all()


@pytest.mark.parametrize("seed", range(80))
def test_prices_are_complementary_to_the_flow_whatever_they_start_from(seed: int) -> None:
    world = World(a_small_round(seed))
    for level in world.levels:
        arcs = arcs_of(world, level.name)
        flow = best_flow(world.network, arcs, no_prices(world))
        start = np.random.default_rng(seed).integers(-50_000, 50_000, world.network.nodes)
        for begin in (no_prices(world), start):
            prices = settle_prices(world.network, arcs, flow, begin)
            assert_complementary(world, arcs, flow, prices)


@pytest.mark.parametrize("seed", network_seeds(80))
def test_the_flow_gains_what_exhaustive_search_finds(seed: int) -> None:
    """At the first level, of rounds whose limits are a network."""
    world = World(a_small_round(seed))
    level = world.levels[0]
    arcs = arcs_of(world, level.name)
    flow = best_flow(world.network, arcs, no_prices(world))
    fixed = world.gains(level.name)[world.face.state == FULL].sum()
    best = best_answer(world.problem)
    assert best is not None
    assert gain_of(arcs, flow) + fixed == best.values[0]


@pytest.mark.parametrize("seed", range(40))
def test_prices_shift_what_ortools_sees_and_not_what_it_finds(seed: int) -> None:
    world = World(a_small_round(seed))
    start = np.random.default_rng(seed).integers(-50_000, 50_000, world.network.nodes)
    for level in world.levels:
        arcs = arcs_of(world, level.name)
        flows = [best_flow(world.network, arcs, prices) for prices in (no_prices(world), start)]
        gained = [gain_of(arcs, flow) for flow in flows]
        assert gained[0] == gained[1]


def test_a_flow_that_is_not_the_best_has_no_prices() -> None:
    """Some cycle of its residual network gains something, so no fixpoint is reached."""
    problem = a_problem(
        a_mentor("M1", offers=("law",)), a_mentor("M2"), a_mentee("E1", seeks=("law",))
    )
    world = World(problem)
    arcs = arcs_of(world, "points")
    best = best_flow(world.network, arcs, no_prices(world))
    worse = replace(best, used=~best.used, places=best.places[[0, 2, 1]])
    with pytest.raises(FlowFailedError, match="not optimal"):
        settle_prices(world.network, arcs, worse, no_prices(world))


def test_what_cannot_flow_at_all_is_an_error_with_a_name() -> None:
    """A place that has to be used, and no pair that would use it."""
    world = World(a_problem(a_mentor(), a_mentee()))
    face = replace(world.face, segments=np.array([FULL, 0], dtype=np.int8))
    held = np.zeros(1, dtype=np.bool_)
    arcs = face.arcs(world.network, np.zeros(2, dtype=np.int64), held, np.zeros(1, np.int64))
    with pytest.raises(FlowFailedError, match="INFEASIBLE"):
        best_flow(world.network, arcs, no_prices(world))


def test_a_round_without_anybody_flows_nowhere() -> None:
    world = World(a_problem(a_mentor()))
    arcs = arcs_of(world, "points")
    flow = best_flow(world.network, arcs, no_prices(world))
    assert len(flow.used) == 0
    assert settle_prices(world.network, arcs, flow, no_prices(world)).tolist() == [0]
