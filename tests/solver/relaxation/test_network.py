from __future__ import annotations

from random import Random

import numpy as np
import pytest

from solver.encoding import pin_positions
from solver.levels import LEVELS, value_of
from solver.relaxation.network import lay_network, network_value
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.strategies import a_small_round
from tests.worlds import World


@pytest.mark.parametrize("seed", range(60))
def test_a_levels_value_is_that_of_the_plain_voice(seed: int) -> None:
    """For any choice of pairs within everybody's places."""
    world, chance = World(a_small_round(seed)), Random(seed)
    problem, pairs = world.problem, world.pairs
    used = np.zeros(len(pairs), dtype=np.bool_)
    for place in chance.sample(range(len(pairs)), len(pairs)):
        used[place] = chance.random() < 0.7
        mentor, mentee = (
            problem.mentors[pairs.mentors[place]],
            problem.mentees[pairs.mentees[place]],
        )
        crowded = (
            pairs.mentors[used] == pairs.mentors[place]
        ).sum() > mentor.mentoring.capacity or (
            pairs.mentees[used] == pairs.mentees[place]
        ).sum() > mentee.learning.wants
        used[place] &= not crowded
    triples = [
        (*names, points)
        for names, points, made in zip(world.names, pairs.points.tolist(), used, strict=True)
        if made
    ]
    for level in world.levels:
        assert network_value(problem, world.network, level, pairs.where(used)) == value_of(
            level, problem, world.rules, triples
        )


def test_places_of_equal_gains_at_every_level_lie_in_one_segment() -> None:
    """Two of a mentee's three places count nothing; a mentor's each cost more than the last."""
    policy = a_policy(levels=("mentees_matched", "points"), balanced_load={"weight": 2})
    problem = a_problem(
        a_mentor("M1", capacity=3),
        a_mentor("M2"),
        a_mentor("M3"),
        a_mentee("E1", wants=3),
        a_mentee("E2"),
        a_mentee("E3"),
        policy=policy,
        tie_salt="salt",
    )
    network = World(problem).network
    segments = network.segments
    mentee = [person.reference for person in problem.mentees].index("E1")
    mentor = network.mentees + [person.reference for person in problem.mentors].index("M1")
    assert segments.capacity[segments.node == mentee].tolist() == [1, 2]
    assert segments.gains["mentees_matched"][segments.node == mentee].tolist() == [1, 0]
    assert segments.capacity[segments.node == mentor].tolist() == [1, 1, 1]
    assert segments.gains["points"][segments.node == mentor].tolist() == [0, -200, -400]


def test_nobody_has_more_places_than_there_are_people_on_the_other_side() -> None:
    problem = a_problem(a_mentor(capacity=1_000), a_mentee(wants=1_000))
    assert World(problem).network.segments.capacity.tolist() == [1, 1]


def test_a_round_with_an_empty_side_has_no_places_at_all() -> None:
    problem = a_problem(a_mentor(capacity=5))
    network = World(problem).network
    assert (network.mentees, network.mentors, network.root) == (0, 1, 1)
    assert len(network.segments.node) == 0
    assert network_value(problem, network, LEVELS["points"], World(problem).pairs) == 0


def test_pins_are_known_by_position() -> None:
    problem = a_problem(
        a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), a_mentee("E2"), pins=[("M2", "E1")]
    )
    (mentor,), (mentee,) = (side.tolist() for side in pin_positions(problem))
    assert problem.mentors[mentor].reference == "M2"
    assert problem.mentees[mentee].reference == "E1"
    network = lay_network(problem, World(problem).rules, World(problem).levels)
    assert network.pinned_mentors.tolist() == [mentor]
