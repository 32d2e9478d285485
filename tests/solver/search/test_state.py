from __future__ import annotations

import numpy as np

from solver.levels import LEVELS
from solver.relaxation.face import EMPTY, FREE, FULL
from solver.relaxation.outside import Outside
from solver.relaxation.proof import OwnPrices
from solver.search.draft import Reduced
from solver.search.state import SearchState, Solved
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.worlds import World


def a_world() -> World:
    """Two mentors of one place for two mentees; M1 is worth 10,000 to E1."""
    return World(
        a_problem(
            a_mentor("M1", offers=("law",)),
            a_mentor("M2"),
            a_mentee("E1", seeks=("law",)),
            a_mentee("E2"),
            policy=a_policy(expertise_overlap={"weight": 10}),
        )
    )


def a_state(world: World, held: int | None = None) -> SearchState:
    """A state that holds the first of a round's pairs."""
    pairs = world.pairs.where(np.arange(len(world.pairs))[:held])
    outside = Outside(None)
    return SearchState(world.problem, world.rules, world.network, world.groups, pairs, outside)


def test_pairs_that_are_taken_in_are_free_and_held() -> None:
    world = a_world()
    state = a_state(world, held=3)
    state.hold(world.pairs.where(np.array([3])))
    assert len(state.pairs) == len(state.face.pairs) == 4
    assert state.held[3]
    assert state.face.state[3] == FREE
    state.hold(world.pairs.where(np.zeros(0, dtype=np.int64)))
    assert len(state.pairs) == 4


def test_an_answer_lies_along_whatever_is_held_by_now() -> None:
    world = a_world()
    state = a_state(world, held=3)
    standing = np.array([True, False, True])
    assert state.along(standing) is standing
    state.hold(world.pairs.where(np.array([3])))
    assert state.along(standing).tolist() == [True, False, True, False]


def test_the_better_answer_has_the_larger_value_and_breaks_nothing() -> None:
    world = a_world()
    state, points = a_state(world), LEVELS["points"]
    worth, nothing = world.standing(("M1", "E1")), world.standing(("M2", "E2"))
    assert state.better(points, worth, nothing) is worth
    assert state.better(points, nothing, worth) is worth
    assert state.better(points, None, nothing) is nothing
    equal = world.standing(("M2", "E1"))
    assert state.better(points, equal, nothing) is nothing


def test_an_answer_that_breaks_a_group_is_not_better() -> None:
    people = [a_person(name) for name in "AB"]
    world = World(a_problem(*people, policy=a_policy("one_direction")))
    state, matched = a_state(world), LEVELS["mentees_matched"]
    both, one = world.standing(("A", "B"), ("B", "A")), world.standing(("A", "B"))
    assert not state.is_feasible(both)
    assert state.better(matched, both, one) is one


def settled(state: SearchState, world: World, loss: int) -> None:
    """The points settled at M1 and E1 together, at reduced gains of their own making."""
    reduced = np.where(world.standing(("M1", "E1")), 8, -1)
    segments = np.zeros_like(state.face.segments)
    none = np.zeros(0, dtype=np.int64)
    own = OwnPrices(np.zeros(world.network.nodes, dtype=np.int64), none)
    standing = world.standing(("M1", "E1"))
    state.settle(LEVELS["points"], Solved(standing, own, Reduced(reduced, segments, none), loss))


def test_a_level_at_its_bound_narrows_the_face_and_needs_no_row() -> None:
    world = a_world()
    state = a_state(world)
    settled(state, world, loss=0)
    assert world.made(state.face.state == FULL) == [("M1", "E1")]
    assert (state.face.state == EMPTY).sum() == 3
    assert state.rows == state.kept == []


def test_a_level_short_of_its_bound_is_kept_at_its_value() -> None:
    """Arcs within the gap stay free, so that a row has to hold the value."""
    world = a_world()
    state = a_state(world)
    settled(state, world, loss=3)
    assert (state.face.state == FREE).sum() == 3
    (row,), ((kept, gap),) = state.rows, state.kept
    assert (row.name, row.value, gap) == ("points", 10_000, 3)
    assert kept.pairs.tolist().count(-1) == 3
    assert 8 not in kept.pairs
    assert state.is_feasible(world.standing(("M1", "E1")))
    assert not state.is_feasible(world.standing(("M2", "E1")))
