from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.relaxation.face import FULL
from solver.search.stability.narrow import NEVER, Narrowed, narrow
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.every_answer import every_answer
from tests.exhaustive_fairness import blocking
from tests.strategies import a_small_round
from tests.tied_rounds import a_tied_round
from tests.worlds import World

WORDS = ("law", "data", "policy")


def narrowed(problem: Problem, epsilon: int = 0) -> tuple[World, Narrowed]:
    world = World(problem)
    pinned = world.face.state == FULL
    return world, narrow(world.network, world.pairs, epsilon, pinned)


def names(world: World, found: Narrowed, places: object = slice(None)) -> set[tuple[str, str]]:
    mentors, mentees = world.problem.mentors, world.problem.mentees
    some = found.pairs.where(np.arange(len(found.pairs))[places])
    return {
        (mentors[m].reference, mentees[e].reference)
        for m, e in zip(some.mentors, some.mentees, strict=True)
    }


def test_without_ties_the_only_stable_answer_is_left() -> None:
    """M1 and E1 are best for each other; without them M2 and E2 are, and so on."""
    problem = a_problem(
        *(a_mentor(f"M{k}", offers=WORDS[:k]) for k in range(4)),
        *(a_mentee(f"E{k}", seeks=(*WORDS, *"abcde"[:k])) for k in range(4)),
        policy=a_policy(expertise_overlap={"weight": 100, "ranked": False}),
    )
    world, found = narrowed(problem)
    assert found.forced.all()
    assert names(world, found) == {("M3", "E0"), ("M2", "E1"), ("M1", "E2"), ("M0", "E3")}


def test_two_mentees_who_tie_for_a_mentor_fill_the_place_but_neither_is_sure_of_it() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2", seeks=("law",)),
        a_mentee("E3"),
        policy=a_policy(expertise_overlap={"weight": 1}),
    )
    world, found = narrowed(problem)
    assert names(world, found) == {("M1", "E1"), ("M1", "E2")}
    assert not found.forced.any()
    assert found.filled_from.tolist() == [NEVER, NEVER, NEVER, 1000]
    assert not len(found.undecided(world.network))


@pytest.mark.parametrize("kind", [a_small_round, a_tied_round])
@pytest.mark.parametrize("epsilon", [0, 1000, 20_000])
def test_what_is_left_holds_every_stable_answer_and_what_is_forced_is_in_each(
    kind: Callable[[int], Problem], epsilon: int
) -> None:
    told = 0
    for seed in range(30):
        problem = kind(seed)
        world, found = narrowed(problem, epsilon)
        left, forced = names(world, found), names(world, found, found.forced)
        for triples in every_answer(problem):
            made = {(mentor, mentee) for mentor, mentee, _ in triples}
            if not blocking(problem, tuple(made), epsilon):
                assert forced <= made <= left, seed
        told += len(left) < len(world.pairs) or bool(forced)
    assert told
