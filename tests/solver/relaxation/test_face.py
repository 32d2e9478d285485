from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.relaxation.face import EMPTY, FREE, FULL
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.worlds import World


def a_world(pins: list[tuple[str, str]] | None = None) -> World:
    """Two mentors and two mentees who may all be paired; one of each has two places."""
    return World(
        a_problem(
            a_mentor("M1", capacity=2),
            a_mentor("M2"),
            a_mentee("E1", wants=2),
            a_mentee("E2"),
            policy=a_policy(),
            pins=pins or (),
        )
    )


def test_before_the_first_level_all_is_free_but_the_pins() -> None:
    world = a_world(pins=[("M1", "E1")])
    face = world.face
    assert world.made(face.state == FULL) == [("M1", "E1")]
    assert world.made(face.state == FREE) == [("M1", "E2"), ("M2", "E1"), ("M2", "E2")]
    assert (face.segments == FREE).all()
    assert len(face.fixed) == 1
    assert len(face.free) == 3


def test_what_is_reduced_above_0_is_always_used_and_what_is_below_never() -> None:
    face = a_world().face
    segments = np.array([1, -1, *[0] * (len(face.segments) - 2)])
    settled = face.settle(np.array([5, 0, -3, 0]), segments, np.zeros(0, dtype=np.int64))
    assert settled.state.tolist() == [FULL, FREE, EMPTY, FREE]
    assert settled.segments[:3].tolist() == [FULL, EMPTY, FREE]


def test_within_a_gap_nothing_is_settled() -> None:
    face = a_world().face
    none = np.zeros(0, dtype=np.int64)
    segments = np.zeros_like(face.segments)
    settled = face.settle(np.array([5, 4, -4, -5]), segments, none, gap=4)
    assert settled.state.tolist() == [FULL, FREE, FREE, EMPTY]


def test_what_is_settled_stays_settled() -> None:
    """Reduced gains of later levels lie along the free pairs alone."""
    face = replace(a_world().face, state=np.array([FULL, FREE, EMPTY, FREE], dtype=np.int8))
    segments = np.where(face.segments == FREE, FULL, FREE)
    face = replace(face, segments=segments)
    settled = face.settle(np.array([-1, 1]), -np.ones_like(segments), np.zeros(0, np.int64))
    assert settled.state.tolist() == [FULL, EMPTY, EMPTY, FULL]
    assert (settled.segments == FULL).all()


def test_slacks_are_settled_like_everything_else() -> None:
    face = replace(a_world().face, slacks=np.array([FREE, FREE, FULL], dtype=np.int8))
    nothing = np.zeros_like(face.segments)
    settled = face.settle(np.zeros(4, dtype=np.int64), nothing, np.array([-2, 0, -2]))
    assert settled.slacks.tolist() == [EMPTY, FREE, FULL]


def test_a_choice_among_the_free_stands_with_those_that_must() -> None:
    world = a_world(pins=[("M1", "E1")])
    used = np.array([name == ("M2", "E2") for name in world.names])[world.face.free_places]
    assert world.made(world.face.standing(used)) == [("M1", "E1"), ("M2", "E2")]


def test_settled_arcs_leave_what_the_free_ones_have_to_carry_on() -> None:
    """A pin takes flow from its mentee to its mentor; a segment that is full feeds its node."""
    world = a_world(pins=[("M1", "E1")])
    network = world.network
    face = world.face
    is_mentee = network.segments.node < network.mentees
    held = np.ones(len(face.free), dtype=np.bool_)
    gains = np.arange(len(face.free))
    segment_gains = np.zeros(len(face.segments), dtype=np.int64)
    arcs = face.arcs(network, segment_gains, held, gains)
    mentee, mentor = face.fixed.mentees[0], network.mentees + face.fixed.mentors[0]
    assert arcs.settled[mentee] == -1
    assert arcs.settled[mentor] == 1
    assert arcs.settled.sum() == 0
    assert len(arcs.node) == len(face.segments)

    everything_full = replace(face, segments=np.where(is_mentee, FULL, FREE).astype(np.int8))
    arcs = everything_full.arcs(network, segment_gains, held, gains)
    wants = [person.learning.wants for person in world.problem.mentees]
    assert arcs.settled[: network.mentees].sum() == sum(wants) - 1
    assert (arcs.node >= network.mentees).all()


def test_only_the_held_pairs_are_arcs() -> None:
    world = a_world()
    held = np.array([True, False, False, True])
    gains = np.array([4, 3, 2, 1])
    arcs = world.face.arcs(world.network, np.zeros(len(world.face.segments)), held, gains)
    assert arcs.pair_gains.tolist() == [4, 1]
    assert arcs.mentors.tolist() == world.pairs.mentors[[0, 3]].tolist()
