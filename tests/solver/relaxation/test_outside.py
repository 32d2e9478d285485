from __future__ import annotations

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.relaxation import outside
from solver.relaxation.outside import Outside, first_held
from solver.relaxation.proof import Combined, OwnPrices
from solver.scoring.candidates import CandidatePairs, joined
from solver.scoring.screen import Screen
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.worlds import World

NOBODY = joined()


def a_round(pins: tuple[tuple[str, str], ...] = ()) -> Problem:
    """Everybody may meet everybody; M1 is worth most to all, M3 nothing to anybody."""
    return a_problem(
        a_mentor("M1", offers=("data", "law")),
        a_mentor("M2", offers=("law",)),
        a_mentor("M3"),
        *(a_mentee(f"E{n}", seeks=("law", "data")) for n in range(4)),
        policy=a_policy(expertise_overlap={"weight": 10}),
        pins=pins,
    )


def prices(world: World, level: str = "points", **by_reference: int) -> Combined:
    people = [*world.problem.mentees, *world.problem.mentors]
    nodes = np.array([by_reference.get(person.reference, 0) for person in people], dtype=np.int64)
    return Combined(level, OwnPrices(nodes, np.zeros(0, dtype=np.int64)), {})


def names(world: World, pairs: CandidatePairs) -> set[tuple[str, str]]:
    mentors, mentees = world.problem.mentors, world.problem.mentees
    return {
        (mentors[m].reference, mentees[e].reference)
        for m, e in zip(pairs.mentors, pairs.mentees, strict=True)
    }


def an_outside(world: World) -> Outside:
    return Outside(Screen(world.problem, world.rules))


def test_pairs_that_gain_under_the_prices_are_found_unless_they_are_held() -> None:
    world = World(a_round())
    some = prices(world, M1=10_000, M2=6_659)
    assert names(world, an_outside(world).violated(some, NOBODY)) == {
        ("M2", f"E{n}") for n in range(4)
    }
    held = world.pairs.where(world.standing(("M2", "E0"), ("M2", "E1")))
    assert names(world, an_outside(world).violated(some, held)) == {("M2", "E2"), ("M2", "E3")}


def test_only_the_most_violated_of_each_are_taken_from_a_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One block, and one pair of everybody: M1's are best for each mentee, and M2's own best
    is one of equals."""
    monkeypatch.setattr(outside, "ADDED_COLUMNS", 1)
    world = World(a_round())
    found = an_outside(world).violated(prices(world), NOBODY)
    by_mentor = [mentor for mentor, _ in names(world, found)]
    assert by_mentor.count("M1") == 4
    assert by_mentor.count("M2") == 1


def test_earlier_levels_gains_count_by_their_multipliers() -> None:
    """No pair gains at the level of people; at 1 a point, those worth more than 9,000 do."""
    world = World(a_round())
    none = prices(world, "mentees_matched", **{f"E{n}": 9_000 for n in range(4)})
    assert len(an_outside(world).violated(none, NOBODY)) == 0
    combined = Combined("mentors_used", none.own, {"points": 1})
    found = an_outside(world).violated(combined, NOBODY)
    assert names(world, found) == {("M1", f"E{n}") for n in range(4)}


def test_the_face_is_every_pair_that_neither_gains_nor_loses() -> None:
    world = World(a_round())
    tight = prices(world, M1=10_000, M2=6_660, M3=1)
    some = an_outside(world)
    held = world.pairs.where(world.standing(("M2", "E0")))
    found = some.face(tight, held)
    assert names(world, found) == {
        *(("M1", f"E{n}") for n in range(4)),
        *(("M2", f"E{n}") for n in range(1, 4)),
    }
    assert some.complete


def test_once_all_that_matters_is_held_nothing_is_priced_again() -> None:
    world = World(a_round())
    some = an_outside(world)
    some.face(prices(world), NOBODY)
    assert len(some.violated(prices(world), NOBODY)) == 0
    assert len(some.face(prices(world), NOBODY)) == 0


def test_a_face_that_is_too_large_is_not_held() -> None:
    """Then pricing goes on, level by level."""
    world = World(a_round())
    some = an_outside(world)
    assert len(some.face(prices(world), NOBODY, most=11)) == 0
    assert not some.complete
    assert len(some.face(prices(world), NOBODY, most=12)) == 12
    assert some.complete


def test_a_search_that_holds_all_has_nothing_outside() -> None:
    world = World(a_round())
    some = Outside(None)
    assert some.complete
    assert len(some.violated(prices(world), NOBODY)) == 0


def test_the_first_pairs_held_are_the_best_of_everybody_over_all_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outside, "START_COLUMNS", 1)
    world = World(a_round())
    found = names(world, first_held(Screen(world.problem, world.rules)))
    assert {mentee for mentor, mentee in found if mentor == "M1"} == {f"E{n}" for n in range(4)}
    assert len([mentor for mentor, _ in found if mentor == "M2"]) == 1
    assert len([mentor for mentor, _ in found if mentor == "M3"]) == 1


def test_pins_are_held_once_however_little_they_are_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "START_COLUMNS", 1)
    for pin in (("M3", "E1"), ("M3", "E3"), ("M1", "E0")):
        world = World(a_round(pins=(pin,)))
        held = first_held(Screen(world.problem, world.rules))
        assert pin in names(world, held)
        assert len(names(world, held)) == len(held)


def test_in_a_round_without_pairs_nothing_is_held() -> None:
    problem = a_problem(a_mentor(grade="AA"), a_mentee())
    world = World(problem)
    held = first_held(Screen(problem, world.rules))
    assert len(held) == 0
