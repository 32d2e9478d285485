from __future__ import annotations

import numpy as np
import pytest

from solver.levels import LEVELS
from solver.relaxation import relax
from solver.relaxation.network import network_value
from solver.relaxation.relax import PricedLevel, reduced_gains, relax_level
from solver.scoring import columns
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.worlds import World


def a_world(people: int = 24) -> World:
    """Mentors and mentees of many grades of likeness, each of whom may meet everybody."""
    words = [f"w{number}" for number in range(12)]
    return World(
        a_problem(
            *(
                a_mentor(f"M{n}", capacity=1 + n % 2, offers=tuple(sorted(words[n % 9 :][:4])))
                for n in range(people)
            ),
            *(
                a_mentee(f"E{n}", wants=1 + n % 2, seeks=tuple(words[n % 7 :][: 1 + n % 5]))
                for n in range(people)
            ),
            policy=a_policy(expertise_overlap={"weight": 40}, balanced_load={"weight": 3}),
        )
    )


def relaxed(world: World, level: str, told: list[np.ndarray] | None = None) -> PricedLevel:
    gains = world.gains(level)
    held = np.zeros(len(gains), dtype=np.bool_)
    segments = world.network.segments.gains[level]
    heard = told if told is not None else []
    return relax_level(world.network, world.face, gains, segments, held, heard.append)


def value(world: World, level: str, used: np.ndarray) -> int:
    return network_value(world.problem, world.network, LEVELS[level], world.pairs.where(used))


def hold_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relax, "HOLD_ALL_BELOW", 0)
    monkeypatch.setattr(columns, "ADDED_COLUMNS", 1)


@pytest.mark.parametrize("level", ["mentees_matched", "points", "lottery"])
def test_pricing_finds_the_optimum_over_pairs_that_are_never_held(
    level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = a_world()
    everything = relaxed(world, level)
    assert everything.held.all()
    hold_few(monkeypatch)
    few = relaxed(world, level)
    assert 0 < few.held.sum() < len(few.held)
    assert value(world, level, few.used) == value(world, level, everything.used)


@pytest.mark.parametrize("level", ["mentees_matched", "points", "lottery"])
def test_no_pair_at_all_is_violated_in_the_end(level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """That the prices are right over every pair is what makes the optimum one."""
    hold_few(monkeypatch)
    world = a_world()
    priced = relaxed(world, level)
    assert (priced.reduced[~priced.held] <= 0).all()
    assert (priced.reduced[priced.used] >= 0).all()
    again = reduced_gains(world.network, world.face, world.gains(level), priced.prices)
    assert (again == priced.reduced).all()


def test_every_answer_on_the_way_keeps_everybodys_places(monkeypatch: pytest.MonkeyPatch) -> None:
    hold_few(monkeypatch)
    world = a_world()
    told: list[np.ndarray] = []
    priced = relaxed(world, "points", told)
    assert len(told) > 1
    assert (told[-1] == priced.used).all()
    capacities = [person.mentoring.capacity for person in world.problem.mentors]
    wants = [person.learning.wants for person in world.problem.mentees]
    for used in told:
        loads = np.bincount(world.pairs.mentors[used], minlength=len(capacities))
        gots = np.bincount(world.pairs.mentees[used], minlength=len(wants))
        assert (loads <= capacities).all()
        assert (gots <= wants).all()


def test_the_answers_on_the_way_gain_more_and_more(monkeypatch: pytest.MonkeyPatch) -> None:
    hold_few(monkeypatch)
    world = a_world()
    told: list[np.ndarray] = []
    relaxed(world, "points", told)
    gained = [value(world, "points", used) for used in told]
    assert gained == sorted(gained)


def test_a_face_without_free_pairs_is_relaxed_to_its_pins() -> None:
    world = World(a_problem(pins=[("M1", "E1")]))
    told: list[np.ndarray] = []
    none = np.zeros(0, dtype=np.int64)
    priced = relax_level(
        world.network,
        world.face,
        none,
        world.network.segments.gains["points"],
        none.astype(np.bool_),
        told.append,
    )
    assert len(priced.used) == 0
    assert len(told) == 1
