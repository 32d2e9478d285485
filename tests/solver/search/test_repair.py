from __future__ import annotations

import numpy as np
import pytest

from solver.relaxation.network import network_value
from solver.relaxation.relax import relax_level
from solver.rule import BoolArray
from solver.search import repair as repairs
from solver.search.repair import Repair
from tests.builders import a_person, a_policy, a_problem
from tests.mutual_rounds import a_mutual_round
from tests.worlds import World

SEEDS = range(20)


def a_repair(world: World, level: str = "points") -> Repair:
    return Repair(
        network=world.network,
        face=world.face,
        groups=world.groups,
        held=np.ones(len(world.pairs), dtype=np.bool_),
        gains=world.gains(level),
        segment_gains=world.network.segments.gains[level],
    )


def relaxed(world: World, level: str = "points") -> BoolArray:
    """The level's optimum with every further limit left out."""
    held = np.ones(len(world.pairs), dtype=np.bool_)
    segments = world.network.segments.gains[level]
    return relax_level(world.network, world.face, world.gains(level), segments, held).used


def two_friends() -> World:
    """A and B are worth 10,000 to each other, and would be paired both ways."""
    people = [
        a_person(name, mentor={"offers": ("law",)}, mentee={"seeks": ("law",)}) for name in "AB"
    ]
    policy = a_policy("one_direction", expertise_overlap={"weight": 10})
    return World(a_problem(*people, policy=policy))


def test_of_a_broken_group_one_pair_is_left() -> None:
    world = two_friends()
    assert world.made(relaxed(world)) == [("A", "B"), ("B", "A")]
    mended = a_repair(world).mended(relaxed(world))
    assert mended is not None
    assert len(world.made(mended)) == 1


@pytest.mark.parametrize("gentle", [0, repairs.GENTLE_REPAIRS])
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_comes_out_keeps_every_limit_and_everybodys_places(
    seed: int, gentle: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repairs, "GENTLE_REPAIRS", gentle)
    world = World(a_mutual_round(seed, people=14))
    broken = relaxed(world)
    mended = a_repair(world).mended(broken)
    assert mended is not None
    assert len(world.groups.broken(world.face.slacks, mended)) == 0
    _assert_within_places(world, mended)
    level = next(level for level in world.levels if level.name == "points")
    gained = [
        network_value(world.problem, world.network, level, world.pairs.where(used))
        for used in (mended, broken)
    ]
    assert gained[0] <= gained[1]


def test_an_answer_that_breaks_nothing_is_left_as_it_is() -> None:
    world = two_friends()
    fine = world.standing(("A", "B"))
    assert (a_repair(world).mended(fine) == fine).all()


def test_a_whole_share_is_followed_to_the_pair() -> None:
    """A fractional answer that happens to be whole is among those that are left."""
    world = two_friends()
    for pair in (("A", "B"), ("B", "A")):
        guided = a_repair(world).guided(world.standing(pair).astype(np.float64))
        assert guided is not None
        assert world.made(guided) == [pair]


@pytest.mark.parametrize("seed", SEEDS)
def test_any_shares_lead_to_an_answer_that_keeps_every_limit(seed: int) -> None:
    world = World(a_mutual_round(seed, people=14))
    shares = np.random.default_rng(seed).random(len(world.pairs))
    guided = a_repair(world).guided(shares)
    assert guided is not None
    assert len(world.groups.broken(world.face.slacks, guided)) == 0
    _assert_within_places(world, guided)


def test_a_pin_stays_where_its_group_has_room_for_one() -> None:
    people = [
        a_person(name, mentor={"offers": ("law",)}, mentee={"seeks": ("law",)}) for name in "AB"
    ]
    policy = a_policy("one_direction", expertise_overlap={"weight": 10})
    world = World(a_problem(*people, policy=policy, pins=[("B", "A")]))
    guided = a_repair(world).guided(world.standing(("A", "B")).astype(np.float64))
    assert guided is not None
    assert world.made(guided) == [("B", "A")]


def _assert_within_places(world: World, used: BoolArray) -> None:
    problem, pairs = world.problem, world.pairs
    loads = np.bincount(pairs.mentors[used], minlength=len(problem.mentors))
    gots = np.bincount(pairs.mentees[used], minlength=len(problem.mentees))
    assert (loads <= [person.mentoring.capacity for person in problem.mentors]).all()
    assert (gots <= [person.learning.wants for person in problem.mentees]).all()
