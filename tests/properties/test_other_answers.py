"""Alternatives and next places: what they would cost or add is what exhaustive search finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.questions.alternatives import mentees_for, mentors_for
from solver.questions.anew import with_pin
from solver.questions.capacity import next_places, with_next_place
from solver.questions.forcing import Forcing
from solver.questions.newcomer import Segment, mentor_like, segments_of, with_newcomers
from solver.questions.recruits import recruits
from solver.rulebook import choose_rules
from tests.exhaustive import best_answer
from tests.forcings import forcing_of
from tests.in_process import solve_here
from tests.strategies import a_small_round

Solved = tuple[Problem, Forcing, list[int]]


def networks(seeds: range) -> Iterator[Solved]:
    """Rounds without any limit that is no part of the network, with their levels' values."""
    for seed in seeds:
        problem = a_small_round(seed)
        rules = choose_rules(problem.policy)
        if any(rule.limit(problem).shape == "group" for rule in rules.constraints):
            off = {r.name for r in rules.constraints if r.limit(problem).shape == "group"}
            kept = tuple(rule for rule in problem.policy.rules if rule.name not in off)
            policy = problem.policy.model_copy(update={"rules": kept})
            problem = problem.changed(policy=policy)
        result = solve_here(problem)
        forcing = forcing_of(problem, result)
        if forcing is not None:
            yield problem, forcing, [level.value for level in result.levels[:-1]]


def assert_alternatives_are_exact(seeds: range) -> int:
    told = 0
    for problem, forcing, values in networks(seeds):
        of_mentees = [one for e in problem.mentees for one in mentors_for(forcing, e.reference)]
        of_mentors = [one for m in problem.mentors for one in mentees_for(forcing, m.reference)]
        losses = {(one.mentor, one.mentee): one.losses for one in of_mentees}
        assert losses == {(one.mentor, one.mentee): one.losses for one in of_mentors}
        for one in of_mentees:
            best = best_answer(with_pin(problem, one.mentor, one.mentee))
            assert best is not None
            expected = [v - b for v, b in zip(values, best.values, strict=False)]
            assert list(one.losses.values()) == expected, one
            told += 1
    return told


def assert_next_places_are_exact(seeds: range) -> int:
    worth_something = 0
    for problem, forcing, values in networks(seeds):
        for place in next_places(forcing):
            best = best_answer(with_capacity(problem, place.mentor))
            assert best is not None
            expected = [b - v for v, b in zip(values, best.values, strict=False)]
            assert list(place.gains.values()) == expected, place
            change = with_next_place(forcing, place.mentor)
            assert (change is not None) is any(expected)
            if change is not None:
                assert [-loss for loss in change.losses.values()] == expected
                worth_something += 1
    return worth_something


def assert_recruits_are_exact(seeds: range) -> int:
    told = 0
    for problem, forcing, values in networks(seeds):
        people = [mentor_like(one, alike, n) for n, (one, alike) in enumerate(_kinds(problem))]
        gains = sorted(list(one.gains.values()) for one in recruits(forcing))
        expected = []
        for person in people:
            best = best_answer(with_newcomers(problem, [person]))
            assert best is not None
            expected.append([b - v for v, b in zip(values, best.values, strict=False)])
        assert gains == sorted(expected)
        told += sum(map(any, gains))
    return told


def _kinds(problem: Problem) -> list[tuple[Segment, list[Participant]]]:
    return list(segments_of(problem.mentors).items())


def with_capacity(problem: Problem, mentor: str) -> Problem:
    """The same round with one place more with a mentor."""
    people = [
        person.model_copy(
            update={
                "mentor": person.mentor.model_copy(update={"capacity": person.mentor.capacity + 1})
            }
        )
        if person.reference == mentor and person.mentor
        else person
        for person in problem.participants
    ]
    return problem.changed(participants=tuple(people))


def test_alternatives_cost_what_exhaustive_search_finds() -> None:
    assert assert_alternatives_are_exact(range(60)) > 60


def test_next_places_add_what_exhaustive_search_finds() -> None:
    assert assert_next_places_are_exact(range(60)) > 20


def test_recruits_add_what_exhaustive_search_finds() -> None:
    assert assert_recruits_are_exact(range(60)) > 20


@pytest.mark.slow
@pytest.mark.parametrize("first", range(60, 960, 100))
def test_many_alternatives_and_next_places_are_exact(first: int) -> None:
    seeds = range(first, first + 100)
    assert assert_alternatives_are_exact(seeds) > 100
    assert assert_next_places_are_exact(seeds) > 30
    assert assert_recruits_are_exact(seeds) > 30
