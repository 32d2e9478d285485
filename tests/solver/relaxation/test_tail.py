"""Among equal answers the smallest list; `tests/properties` holds it against every answer."""

from __future__ import annotations

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.relaxation.face import EMPTY, FREE, FULL, Face
from solver.relaxation.tail import smallest_list
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.coarse_lottery import draw_by
from tests.in_process import solve_here
from tests.worlds import World


def a_square(
    levels: tuple[str, ...] = ("mentees_matched", "points"), pins: tuple[tuple[str, str], ...] = ()
) -> Problem:
    """Three mentors and three mentees between whom there is nothing to choose."""
    people = (*(a_mentor(f"M{n}") for n in "123"), *(a_mentee(f"E{n}") for n in "123"))
    return a_problem(*people, policy=a_policy(levels=levels), pins=pins)


def made(problem: Problem) -> list[tuple[str, str]]:
    return [(pair.mentor, pair.mentee) for pair in solve_here(problem).assignments]


def test_where_all_are_equal_the_first_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_by(monkeypatch, bits=0)
    assert made(a_square()) == [("M1", "E1"), ("M2", "E2"), ("M3", "E3")]


def test_a_list_that_simply_ends_comes_before_the_same_list_with_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where nothing is gained by any pair, the smallest list is the empty one."""
    draw_by(monkeypatch, bits=0)
    assert made(a_square(levels=("points",))) == []


def test_a_pin_stands_before_anything_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_by(monkeypatch, bits=0)
    assert made(a_square(pins=(("M2", "E1"),))) == [("M1", "E2"), ("M2", "E1"), ("M3", "E3")]


def test_references_are_compared_as_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """M10 comes before M9."""
    draw_by(monkeypatch, bits=0)
    problem = a_problem(a_mentor("M9"), a_mentor("M10"), a_mentee("E1"), policy=a_policy())
    assert made(problem) == [("M10", "E1")]


def test_an_answer_that_is_alone_on_its_face_is_left_as_it_is() -> None:
    """With everything else settled there is no cycle to turn."""
    world = World(a_square())
    standing = world.standing(("M1", "E3"), ("M2", "E2"), ("M3", "E1"))
    state = np.where(standing, FREE, EMPTY).astype(np.int8)
    segments = np.full_like(world.face.segments, FULL)
    face = Face(world.pairs, state, segments, world.face.slacks)
    assert (smallest_list(world.problem, world.network, face, standing) == standing).all()


def test_only_what_the_face_leaves_free_is_exchanged() -> None:
    """Everybody is matched; of nine pairs four are free, so that two lists are left."""
    world = World(a_square())
    standing = world.standing(("M1", "E3"), ("M2", "E2"), ("M3", "E1"))
    free = world.standing(("M2", "E2"), ("M3", "E1"), ("M2", "E1"), ("M3", "E2"))
    state = np.where(free, FREE, np.where(standing, FULL, EMPTY)).astype(np.int8)
    segments = np.full_like(world.face.segments, FULL)
    face = Face(world.pairs, state, segments, world.face.slacks)
    found = smallest_list(world.problem, world.network, face, standing)
    assert world.made(found) == [("M1", "E3"), ("M2", "E1"), ("M3", "E2")]
