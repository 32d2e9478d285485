from __future__ import annotations

import numpy as np

from solver.relaxation.face import FULL
from solver.search.stability.greedy import blocking, greedy_stable
from tests import exhaustive_fairness
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.tied_rounds import a_tied_round
from tests.worlds import World


def test_the_best_pair_that_still_fits_is_taken_again_and_again() -> None:
    problem = a_problem(
        a_mentor("M1", capacity=2, offers=("law", "data")),
        a_mentor("M2", offers=("data",)),
        a_mentee("E1", seeks=("law", "data")),
        a_mentee("E2", seeks=("data",)),
        a_mentee("E3", seeks=("policy",)),
        policy=a_policy(expertise_overlap={"weight": 1}),
    )
    world = World(problem)
    standing = greedy_stable(world.network, world.pairs, world.face.state == FULL)
    assert world.made(standing)[0] == ("M1", "E1")
    assert len(world.made(standing)) == 3
    assert not len(blocking(world.network, world.pairs, standing, 0))


def test_pins_come_first_and_may_be_blocked() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2"),
        policy=a_policy(expertise_overlap={"weight": 1}),
        pins=[("M1", "E2")],
    )
    world = World(problem)
    standing = greedy_stable(world.network, world.pairs, world.face.state == FULL)
    assert world.made(standing) == [("M1", "E2")]
    blocked = np.zeros(len(world.pairs), dtype=np.bool_)
    blocked[blocking(world.network, world.pairs, standing, 999)] = True
    assert world.made(blocked) == [("M1", "E1")]
    assert not len(blocking(world.network, world.pairs, standing, 1000))


def test_blocking_pairs_are_those_of_the_definition() -> None:
    """Whatever stands: here every other pair of the greedy answer."""
    found = 0
    for seed in range(60):
        world = World(a_tied_round(seed))
        standing = world.greedy.copy()
        standing[np.flatnonzero(standing)[::2]] = False
        for epsilon in (0, 1000, 5000):
            blocked = np.zeros(len(world.pairs), dtype=np.bool_)
            blocked[blocking(world.network, world.pairs, standing, epsilon)] = True
            made = tuple(world.made(standing))
            expected = sorted(exhaustive_fairness.blocking(world.problem, made, epsilon))
            assert world.made(blocked) == expected, seed
            found += len(expected)
    assert found
