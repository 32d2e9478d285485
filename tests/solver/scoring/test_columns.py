from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.scoring import columns
from solver.scoring.columns import best_of_each, start_columns, violated_columns
from solver.scoring.scoreboard import CandidatePairs

MANY = settings(max_examples=200, deadline=None, derandomize=True)
TOO_LARGE_TO_PACK = 1 << 60
"""A person's number that leaves no room for gain and place in one word."""

people_and_gains = st.lists(st.tuples(st.integers(0, 4), st.integers(-5, 5)), max_size=30)


def best(people: Sequence[int], gains: Sequence[int], most: int) -> set[int]:
    """In plain Python: the places of each one's largest gains, equals by place."""
    of: dict[int, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        of[person].append(place)
    return {
        place
        for places in of.values()
        for place in sorted(places, key=lambda place: (-gains[place], place))[:most]
    }


@pytest.mark.parametrize("further", [0, TOO_LARGE_TO_PACK])
@MANY
@given(given=people_and_gains, most=st.integers(1, 4))
def test_the_best_of_each_are_the_same_packed_into_one_word_or_not(
    given: list[tuple[int, int]], most: int, further: int
) -> None:
    people = [person for person, _ in given]
    gains = [gain for _, gain in given]
    found = best_of_each(np.array(people, dtype=np.int64) + further, np.array(gains), most)
    assert len(found) == len(set(found.tolist()))
    assert set(found.tolist()) == best(people, gains, most)


def test_gains_too_far_apart_to_pack_are_sorted_all_the_same() -> None:
    gains = np.array([-(1 << 61), 0, 1 << 61])
    people = np.array([1, 1, 1], dtype=np.int32)
    assert best_of_each(people, gains, 2).tolist() == [2, 1]


def test_those_with_fewer_pairs_than_asked_for_keep_them_all() -> None:
    assert best_of_each(np.array([2, 2]), np.array([1, 3]), 9).tolist() == [1, 0]


@MANY
@given(
    pairs=st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5))),
    seed=st.integers(0, 1_000),
)
def test_the_columns_to_begin_with_are_the_best_of_each_on_both_sides(
    pairs: set[tuple[int, int]], seed: int
) -> None:
    some = _pairs(sorted(pairs))
    gains = np.random.default_rng(seed).integers(-3, 3, len(some))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(columns, "START_COLUMNS", 2)
        found = set(np.flatnonzero(start_columns(some, gains)).tolist())
    by_side = [best(side.tolist(), gains.tolist(), 2) for side in (some.mentors, some.mentees)]
    assert found == by_side[0] | by_side[1]


def test_only_violated_pairs_that_are_not_held_are_added() -> None:
    some = _pairs([(m, e) for m in range(3) for e in range(3)])
    reduced = np.array([5, 0, -1, 4, 3, 0, 9, 0, -7])
    held = np.array([False] * 6 + [True] * 3)
    added = violated_columns(some, reduced, held)
    assert np.flatnonzero(added).tolist() == [0, 3, 4]


def test_the_most_violated_of_each_are_added_and_equals_go_by_points() -> None:
    """At a level that counts people all are violated alike, and points tell them apart."""
    square = [(m, e) for m in range(2) for e in range(2)]
    unlike = np.array([1, 2, 3, 1])
    alike = np.ones(4, dtype=np.int64)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(columns, "ADDED_COLUMNS", 1)
        for reduced, points in ((unlike, [9, 0, 0, 9]), (alike, [0, 1, 1, 0])):
            added = violated_columns(_pairs(square, points), reduced, np.zeros(4, dtype=np.bool_))
            assert np.flatnonzero(added).tolist() == [1, 2]


def test_nothing_is_added_where_nothing_is_violated() -> None:
    some = _pairs([(0, 0)])
    assert not violated_columns(some, np.array([0]), np.array([False])).any()
    assert not violated_columns(some, np.array([1]), np.array([True])).any()


def _pairs(pairs: list[tuple[int, int]], points: Sequence[int] = ()) -> CandidatePairs:
    mentors, mentees = (np.array([pair[side] for pair in pairs], dtype=np.int32) for side in (0, 1))
    worth = points or [0] * len(pairs)
    return CandidatePairs(mentors, mentees, np.array(worth, dtype=np.int32))
