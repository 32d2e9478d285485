from __future__ import annotations

import numpy as np
import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.judge.audit import audit
from solver.search import greedy
from solver.search.greedy import greedy_answer
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.mutual_rounds import a_mutual_round
from tests.strategies import a_small_round
from tests.worlds import World


def made(problem: Problem) -> list[tuple[str, str]]:
    world = World(problem)
    return world.made(greedy_answer(problem, world.rules, world.pairs))


@pytest.mark.parametrize("seed", range(150))
def test_a_greedy_answer_keeps_every_hard_rule(seed: int) -> None:
    """Pins, places, one direction: whatever the audit asks."""
    problem = a_small_round(seed) if seed % 3 else a_mutual_round(seed, people=10)
    pairs = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in made(problem)]
    assert audit(problem, World(problem).rules, pairs).breaches == ()


@pytest.mark.parametrize("seed", range(60))
def test_no_pair_that_it_looked_at_could_still_be_added(seed: int) -> None:
    """In a small round it looks at all."""
    world = World(a_small_round(seed))
    standing = greedy_answer(world.problem, world.rules, world.pairs)
    for place in np.flatnonzero(~standing):
        more = standing.copy()
        more[place] = True
        pairs = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in world.made(more)]
        assert audit(world.problem, world.rules, pairs).breaches


def test_pins_come_first_then_a_mentor_for_each_then_second_ones() -> None:
    """E1 would take both places of M1 and M2 by points; E2 has a place all the same."""
    problem = a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentor("M2", offers=("law",)),
        a_mentor("M3"),
        a_mentee("E1", wants=3, seeks=("law",)),
        a_mentee("E2", seeks=("law", "data")),
        a_mentee("E3"),
        pins=[("M3", "E3")],
    )
    found = made(problem)
    assert ("M3", "E3") in found
    assert sorted(mentee for _, mentee in found) == ["E1", "E2", "E3"]


def test_the_best_pair_that_fits_goes_first() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("law",)), a_mentee("E1"), a_mentee("E2", seeks=("law",))
    )
    assert made(problem) == [("M1", "E2")]


def test_two_people_are_not_made_each_others_mentors() -> None:
    problem = a_problem(a_person("A"), a_person("B"), policy=a_policy("one_direction"))
    assert len(made(problem)) == 1


def test_only_so_many_of_each_mentees_pairs_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both look at M1 alone, who has one place; a pin is looked at whatever it is worth."""
    monkeypatch.setattr(greedy, "LOOKED_AT", 1)
    people = (
        a_mentor("M1", offers=("law",)),
        a_mentor("M2"),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2", seeks=("law",)),
    )
    assert len(made(a_problem(*people))) == 1
    assert ("M2", "E2") in made(a_problem(*people, pins=[("M2", "E2")]))
    assert len(made(a_problem(*people, pins=[("M2", "E2")]))) == 2


def test_pins_that_may_be_dropped_are_taken_as_far_as_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before better pairs, and however little they are worth."""
    monkeypatch.setattr(greedy, "LOOKED_AT", 1)
    people = (
        a_mentor("M1"),
        a_mentor("M2", offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2", seeks=("law",)),
    )
    wished = tuple(Pair(mentor="M1", mentee=mentee) for mentee in ("E1", "E2"))
    found = made(a_problem(*people).changed(droppable_pins=wished))
    assert len(found) == 2
    assert len([mentor for mentor, _ in found if mentor == "M1"]) == 1


@pytest.mark.parametrize(
    "people", [(a_mentor(),), (a_mentee(),), (a_mentor(grade="AA"), a_mentee())]
)
def test_in_a_round_without_pairs_there_is_none(people: tuple) -> None:
    assert made(a_problem(*people)) == []
