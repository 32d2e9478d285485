"""The deletion filter on made-up verdicts; `tests/properties` hold it to exhaustive search."""

from __future__ import annotations

import pytest

from models.domain.problem import Problem
from models.domain.result import Collision
from solver.search.conflicts import Pins, Verdict, VerdictOf, smallest_collision
from tests.builders import a_mentee, a_mentor, a_problem

RULES = ("a", "b", "c", "d")
Colliding = list[tuple[set[str], set[int]]]


def with_pins(count: int) -> Problem:
    people = [
        person for n in range(count) for person in (a_mentor(f"M{n:02}"), a_mentee(f"E{n:02}"))
    ]
    return a_problem(*people, pins=[(f"M{n:02}", f"E{n:02}") for n in range(count)])


def judge(colliding: Colliding, asked: list[object] | None = None) -> VerdictOf:
    """Nothing can hold that has all rules and all pins of one of these."""

    def verdict_of(rules: frozenset[str], pins: Pins) -> Verdict:
        if asked is not None:
            asked.append((rules, pins))
        held = any(some <= rules and few <= set(pins) for some, few in colliding)
        return "infeasible" if held else "feasible"

    return verdict_of


def found(colliding: Colliding, pins: int = 0) -> tuple[tuple[str, ...], tuple[int, ...]]:
    problem = with_pins(pins)
    collision = smallest_collision(problem, RULES, judge(colliding))
    assert collision.minimal
    return collision.rules, tuple(problem.pins.index(pin) for pin in collision.pins)


@pytest.mark.parametrize(
    ("colliding", "conflict"),
    [
        ([{"b", "d"}], ("b", "d")),
        ([{"c"}], ("c",)),
        ([{"a", "b"}, {"c", "d"}], ("c", "d")),
        ([{"a", "b", "c", "d"}], ("a", "b", "c", "d")),
    ],
)
def test_one_rule_after_the_other_is_left_out(
    colliding: list[set[str]], conflict: tuple[str, ...]
) -> None:
    assert found([(some, set()) for some in colliding]) == (conflict, ())


@pytest.mark.parametrize(
    ("colliding", "conflict"),
    [
        ([({"b"}, {3})], (("b",), (3,))),
        ([(set(), {0, 1})], ((), (0, 1))),
        ([(set(), {2, 6}), ({"a"}, {1})], ((), (2, 6))),
        ([({"a", "d"}, {0, 4, 6})], (("a", "d"), (0, 4, 6))),
        ([({"c"}, set())], (("c",), ())),
    ],
)
def test_single_pins_are_elements_beside_the_rules(
    colliding: Colliding, conflict: tuple[tuple[str, ...], tuple[int, ...]]
) -> None:
    assert found(colliding, pins=7) == conflict


def test_of_many_pins_most_go_in_large_blocks() -> None:
    asked: list[object] = []
    collision = smallest_collision(with_pins(64), RULES, judge([({"b"}, {7, 50})], asked))
    assert len(collision.pins) == 2
    assert len(asked) < 40


def test_nothing_is_solved_twice() -> None:
    asked: list[object] = []
    smallest_collision(with_pins(8), RULES, judge([({"b"}, {2, 3})], asked))
    assert len(asked) == len(set(asked))


def test_where_a_verdict_is_unknown_the_element_stays_and_the_set_says_so() -> None:
    problem = with_pins(2)
    collision = smallest_collision(problem, RULES, lambda rules, pins: "unknown")
    assert collision == Collision(rules=RULES, pins=problem.pins, minimal=False)
