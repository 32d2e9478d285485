"""Shortest ways through a residual network: from the root, to the root, and to one person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from solver.questions.residual import FAR, Residual, Steps
from solver.rule import IntArray

NOWHERE, ROOT = -1, -2
"""What stands in place of a pair where a way ends, or where it goes through the root."""


@dataclass(frozen=True)
class Distances:
    """For each node the length of its shortest way, and the pair with which the way begins.

    `pair` is `ROOT` where the first step is to the root, or from it, and `NOWHERE` at the end.
    """

    length: IntArray
    pair: IntArray


class Paths:
    """Shortest ways in a residual network, those by way of the root worked out once for all."""

    def __init__(self, residual: Residual) -> None:
        self.residual = residual

    @cached_property
    def from_root(self) -> Distances:
        """From the root to every node: what it costs to give it one more unit of flow."""
        return self._by_way_of_root(self.residual.from_root_at_once, self.residual.out_of)

    @cached_property
    def to_root(self) -> Distances:
        """From every node to the root: what it costs to relieve it of a unit."""
        return self._by_way_of_root(self.residual.to_root_at_once, self.residual.into)

    def to_mentee(self, mentee: int, from_root: int | None = None) -> Distances:
        """From every node to one mentee: what it costs to bring there what the node has to spare.

        `from_root` is the length of the ways from the root, where not the shortest are meant.

        A way by the root is as long as the shortest there and the shortest on from it, so only
        nodes from which something shorter leads past it are ever looked at.
        """
        onward = self.from_root.length[mentee] if from_root is None else from_root
        by_root = self.to_root.length + onward
        return _around(mentee, by_root, self.residual.into)

    def from_mentor(self, mentor_node: int) -> Distances:
        """From one mentor to every node."""
        by_root = self.from_root.length + self.to_root.length[mentor_node]
        return _around(mentor_node, by_root, self.residual.out_of)

    def _by_way_of_root(self, at_once: IntArray, steps: Steps) -> Distances:
        pair = np.where(at_once < FAR, ROOT, NOWHERE)
        found = Distances(at_once.copy(), pair)
        _spread(found, steps, np.flatnonzero(at_once < FAR))
        return found


def _around(node: int, by_root: IntArray, steps: Steps) -> Distances:
    """Shortest ways between one node and all others, where those by way of the root are known."""
    length = np.minimum(by_root, FAR)
    pair = np.where(length < FAR, ROOT, NOWHERE)
    length[node], pair[node] = 0, NOWHERE
    found = Distances(length, pair)
    _spread(found, steps, np.array([node]))
    return found


def _spread(found: Distances, steps: Steps, frontier: IntArray) -> None:
    """Label correcting: from nodes whose distance has fallen on to those before, or after, them."""
    length, pair = found.length, found.pair
    while len(frontier):
        starts, ends = steps.first[frontier], steps.first[frontier + 1]
        count = ends - starts
        nodes = np.repeat(frontier, count)
        arcs = np.arange(len(nodes)) - np.repeat(np.cumsum(count) - count, count)
        arcs += np.repeat(starts, count)
        reached = length[nodes] + steps.length[arcs]
        targets = steps.source[arcs]
        better = np.flatnonzero(reached < length[targets])
        if not len(better):
            return
        reached, targets, by = reached[better], targets[better], steps.pair[arcs[better]]
        order = np.lexsort((by, reached, targets))
        targets, reached, by = targets[order], reached[order], by[order]
        new = np.append(True, targets[1:] != targets[:-1])
        frontier = targets[new]
        length[frontier], pair[frontier] = reached[new], by[new]
