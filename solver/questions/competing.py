"""Who competes with somebody left over for the same places."""

from __future__ import annotations

import numpy as np

from solver.questions.residual import Steps
from solver.questions.side import Side
from solver.rule import BoolArray, IntArray

FEW, PER_CENT = 50, 5
"""A set of at most so many, or of at most so large a part of the round, is small."""


class Competing:
    """The people of a side who hold the places within somebody's reach.

    Those are the places of every eligible partner; those that the people who hold them may have
    instead; and so on, until there are no further ones. Pinned pairs are no way on.
    """

    def __init__(self, side: Side) -> None:
        residual = side.residual
        self._side = side
        self._steps: Steps = residual.out_of if side.role == "mentee" else residual.into
        self._most = max(FEW, PER_CENT * len(residual.problem.participants) // 100)

    def of(self, place: int) -> tuple[str, ...]:
        """The others who hold them, by reference and sorted; nobody where these are many."""
        side = self._side
        nodes = len(self._steps.first) - 1
        met = np.zeros(nodes, dtype=np.bool_)
        frontier = np.array([place + side.first_node])
        met[frontier] = True
        first, last = side.first_node, side.first_node + len(side.people)
        while len(frontier):
            frontier = self._next(frontier, met)
            met[frontier] = True
            if np.count_nonzero(met[first:last]) > self._most + 1:
                return ()
        others = np.flatnonzero(met[first:last])
        return tuple(sorted(side.people[n].reference for n in others.tolist() if n != place))

    def _next(self, frontier: IntArray, met: BoolArray) -> IntArray:
        begins, ends = self._steps.first[frontier], self._steps.first[frontier + 1]
        count = ends - begins
        arcs = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        reached = np.zeros(len(met), dtype=np.bool_)
        reached[self._steps.source[arcs + np.repeat(begins, count)]] = True
        return np.flatnonzero(reached & ~met)
