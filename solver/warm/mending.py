"""Shortest augmenting ways: what a change leaves in want or to spare is made good, unit by unit.

From whatever nodes have something to spare the nearest one in want is sought (Dijkstra's
algorithm on lengths of two parts), a unit is moved there, and all heights are raised by how far
the nodes are, up to the length of the way: then no length is below nothing again, and what the
unit went along may be gone back at no loss (Edmonds and Karp 1972).
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush

import numpy as np

from solver.rule import IntArray
from solver.warm.flow import NOTHING, Arc, Flow, Length

FAR = 1 << 62


class NoWayError(Exception):
    """Something is left over that nobody can take: no answer has these pins."""


def mend(flow: Flow) -> None:
    """Brings the flow to where everything that comes into a node leaves it.

    No length may be below nothing. Raises `NoWayError` where there is no such flow.
    """
    while (spare := flow.to_spare()).any():
        _Ways(flow, spare).move_one()


class _Ways:
    """The shortest ways from the nodes with something to spare, as far as they are known."""

    def __init__(self, flow: Flow, spare: IntArray) -> None:
        self._flow = flow
        self._wanting = set(np.flatnonzero(spare < 0).tolist())
        self._near: IntArray = np.full(flow.root + 1, FAR, dtype=np.int64)
        self._most = FAR
        self._length: dict[int, Length] = {}
        self._before: dict[int, int] = {}
        self._known: set[int] = set()
        self._next: list[tuple[Length, int]] = []
        for node in np.flatnonzero(spare > 0).tolist():
            self._reach(node, NOTHING, node)

    def move_one(self) -> None:
        """Moves a unit along the shortest way to a node in want, and raises the heights."""
        end = self._nearest()
        self._raise_heights(self._length[end])
        while (begin := self._before[end]) != end:
            self._flow.push(begin, end)
            end = begin

    def _nearest(self) -> int:
        while self._next:
            length, node = heappop(self._next)
            if node in self._known:
                continue
            self._known.add(node)
            if node in self._wanting:
                return node
            for end, further in self._arcs(node, length[0]):
                if end not in self._known:
                    self._reach(end, (length[0] + further[0], length[1] + further[1]), node)
        raise NoWayError

    def _reach(self, node: int, length: Length, before: int) -> None:
        """Takes note of a way, unless one is known that is as short, or that has arrived."""
        known = self._length.get(node)
        if length[0] <= self._most and (known is None or length < known):
            self._length[node], self._before[node] = length, before
            self._near[node] = length[0]
            heappush(self._next, (length, node))
            if node in self._wanting:
                self._most = length[0]

    def _arcs(self, node: int, so_far: int) -> Iterator[Arc]:
        flow = self._flow
        if node == flow.root:
            yield from flow.from_root()
            return
        to_root = flow.to_root(node)
        if to_root is not None:
            yield flow.root, to_root
        if node < flow.mentees:
            yield from self._pairs_to_make(node, so_far)
        else:
            yield from flow.ending(node)

    def _pairs_to_make(self, mentee: int, so_far: int) -> Iterator[Arc]:
        """Those that are as near as any way to their mentor that is known: draws are dear."""
        flow = self._flow
        pairs = flow.pairs_of(mentee)
        mentors, gains = pairs.mentors + np.int64(flow.mentees), flow.gains(pairs)
        lengths = (so_far + int(flow.heights[0, mentee])) - flow.heights[0, mentors] - gains
        near = np.flatnonzero(lengths <= np.minimum(self._near[mentors], self._most))
        standing = flow.partners[mentee]
        for mentor, gain in zip(mentors[near].tolist(), gains[near].tolist(), strict=True):
            if mentor not in standing and mentor not in self._known:
                yield mentor, flow.making(mentee, mentor, gain)

    def _raise_heights(self, most: Length) -> None:
        """By how far each node is from those with something to spare; the root stays where it is.

        Nobody is raised by more than the length of the way.
        """
        heights, root = self._flow.heights, self._flow.root
        of_root = self._length[root] if root in self._known else most
        known = np.array(sorted(self._known))
        for part in (0, 1):
            lengths = np.array([self._length[node][part] for node in known.tolist()])
            heights[part] += most[part] - of_root[part]
            heights[part, known] += lengths - most[part]
