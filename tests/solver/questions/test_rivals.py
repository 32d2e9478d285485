"""The shortest ways by somebody else, against plain search from every end by itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from solver.questions.forcing import Forcing
from solver.questions.residual import FAR, Steps
from solver.questions.rivals import Rivals
from solver.questions.side import Side
from tests.forcings import forcing_of
from tests.in_process import solve_here
from tests.strategies import a_small_round


def arcs(steps: Steps) -> list[tuple[int, int, int]]:
    """Every arc as (known, reached, length)."""
    known = np.repeat(np.arange(len(steps.first) - 1), np.diff(steps.first))
    return list(zip(known.tolist(), steps.source.tolist(), steps.length.tolist(), strict=True))


def by_end(at_once: list[int], steps: Steps, end: int) -> list[int]:
    """The lengths of the ways between everybody and the root that have this node at its end."""
    lengths = [FAR] * len(at_once)
    lengths[end] = at_once[end]
    for _ in at_once:
        for known, reached, length in arcs(steps):
            if lengths[known] < FAR:
                lengths[reached] = min(lengths[reached], lengths[known] + length)
    return lengths


def sides(forcing: Forcing) -> Iterator[tuple[Rivals, list[int], Steps]]:
    residual = forcing.residual
    from_root = residual.from_root_at_once.tolist(), residual.out_of
    to_root = residual.to_root_at_once.tolist(), residual.into
    mentees, mentors = Side(forcing, "mentee"), Side(forcing, "mentor")
    yield mentees.hither, *from_root
    yield mentees.onward, *to_root
    yield mentors.hither, *to_root
    yield mentors.onward, *from_root


def assert_ways(rivals: Rivals, at_once: list[int], steps: Steps) -> int:
    """Of everybody the shortest way, its end, and the shortest with another end."""
    lengths = [by_end(at_once, steps, end) for end in range(len(at_once))]
    checked = 0
    for node in range(len(at_once)):
        ways = [lengths[end][node] for end in range(len(at_once))]
        assert min(ways) == rivals.first.length[node]
        if min(ways) < FAR:
            end = int(rivals.ends[node])
            assert ways[end] == min(ways)
            second = min((way for other, way in enumerate(ways) if other != end), default=FAR)
            assert rivals.second[node] == second
            checked += second < FAR
            assert_walked(rivals, at_once, node)
    return checked


def assert_walked(rivals: Rivals, at_once: list[int], node: int) -> None:
    """The pairs on both ways lead where they should, and are as long as is said."""
    for past in (-1, int(rivals.ends[node])):
        length, places = rivals.way_past(node, past)
        if length < FAR:
            at, total = node, 0
            for place in places:
                total += int(rivals.residual.lengths[place])
                at = rivals.other_end(place, at)
            assert at != past
            assert total + at_once[at] == length


def assert_all(seeds: range) -> int:
    checked = 0
    for seed in seeds:
        problem = a_small_round(seed)
        forcing = forcing_of(problem, solve_here(problem))
        if forcing:
            checked += sum(assert_ways(*side) for side in sides(forcing))
    return checked


def test_ways_by_somebody_else_are_the_shortest_there_are() -> None:
    assert assert_all(range(60)) > 50


@pytest.mark.slow
@pytest.mark.parametrize("first", range(60, 660, 100))
def test_ways_by_somebody_else_are_the_shortest_in_many_rounds(first: int) -> None:
    assert assert_all(range(first, first + 100)) > 100
