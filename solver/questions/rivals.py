"""The shortest ways between the root and everybody, and the shortest by somebody else.

What the network gains by a new place goes to whoever stands at the root's end of the shortest
way there. Whether it goes to them in every best answer shows in the shortest way that has
somebody else at that end: it must be longer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.questions.paths import NOWHERE, ROOT, Distances
from solver.questions.residual import FAR, Residual, Steps
from solver.rule import BoolArray, IntArray

NOBODY = -1
"""What stands in place of a node where there is no way."""


@dataclass(frozen=True)
class Rivals:
    """Ways between every node and the root, all in one direction.

    `ends` is the node next to the root on the shortest way, `second` the shortest way with
    another node there. `pair` and `to_first` say how that way goes on: by which pair, and whether
    then along the shortest way or along a second one.
    """

    residual: Residual
    first: Distances
    ends: IntArray
    second: IntArray
    pair: IntArray
    to_first: BoolArray

    def way(self, node: int) -> list[int]:
        """The pairs on the shortest way, from the node on."""
        places = []
        while (step := int(self.first.pair[node])) != ROOT:
            places.append(step)
            node = self.other_end(step, node)
        return places

    def second_way(self, node: int) -> list[int]:
        """The pairs on the shortest way that has another end, from the node on."""
        places = []
        while (step := int(self.pair[node])) != ROOT:
            places.append(step)
            then_first = self.to_first[node]
            node = self.other_end(step, node)
            if then_first:
                return places + self.way(node)
        return places

    def way_past(self, node: int, end: int) -> tuple[int, list[int]]:
        """Length and pairs of the shortest way that has not this node at its end."""
        if self.ends[node] != end:
            length = int(self.first.length[node])
            return length, self.way(node) if length < FAR else []
        length = int(self.second[node])
        return length, self.second_way(node) if length < FAR else []

    def other_end(self, place: int, node: int) -> int:
        """The other one of a pair's two nodes."""
        every, mentees = self.residual.every, self.residual.network.mentees
        mentee, mentor = int(every.mentees[place]), int(every.mentors[place]) + mentees
        return mentor if node == mentee else mentee


def rivals(residual: Residual, first: Distances, at_once: IntArray, steps: Steps) -> Rivals:
    """Of the shortest ways given; `at_once` and `steps` are the arcs that they were found along."""
    ends = _ends(residual, first)
    known = np.repeat(np.arange(len(steps.first) - 1), np.diff(steps.first))
    reached = first.length[known] + steps.length
    elsewhere = (ends[known] != ends[steps.source]) & (first.length[known] < FAR)
    by = np.flatnonzero(elsewhere)
    second = np.where((ends != np.arange(len(ends))) & (at_once < FAR), at_once, FAR)
    pair = np.where(second < FAR, ROOT, NOWHERE)
    to_first = np.ones(len(second), dtype=np.bool_)
    np.minimum.at(second, steps.source[by], reached[by])
    exact = by[reached[by] == second[steps.source[by]]]
    pair[steps.source[exact]] = steps.pair[exact]
    _spread(second, pair, to_first, ends, steps, known)
    return Rivals(residual, first, ends, second, pair, to_first)


def _ends(residual: Residual, first: Distances) -> IntArray:
    """The node next to the root on everybody's shortest way."""
    every, mentees = residual.every, residual.network.mentees
    nodes = np.arange(len(first.pair))
    towards = np.where(first.pair == NOWHERE, NOBODY, nodes)
    on = np.flatnonzero(first.pair >= 0)
    steps = first.pair[on]
    one, other = every.mentees[steps].astype(np.int64), every.mentors[steps] + np.int64(mentees)
    towards[on] = np.where(on == one, other, one)
    while True:
        further = np.where(towards >= 0, towards[towards], NOBODY)
        if (further == towards).all():
            return towards
        towards = further


def _spread(
    second: IntArray,
    pair: IntArray,
    to_first: BoolArray,
    ends: IntArray,
    steps: Steps,
    known: IntArray,
) -> None:
    """Second ways go on along arcs between nodes whose shortest ways end alike."""
    inside = np.flatnonzero((ends[known] == ends[steps.source]) & (ends[known] >= 0))
    begins, targets, lengths = known[inside], steps.source[inside], steps.length[inside]
    first = np.searchsorted(begins, np.arange(len(second) + 1))
    frontier = np.flatnonzero(second < FAR)
    while len(frontier):
        count = first[frontier + 1] - first[frontier]
        nodes = np.repeat(frontier, count)
        arcs = np.arange(len(nodes)) - np.repeat(np.cumsum(count) - count, count)
        arcs += np.repeat(first[frontier], count)
        reached = second[nodes] + lengths[arcs]
        better = np.flatnonzero(reached < second[targets[arcs]])
        if not len(better):
            return
        arcs, reached = arcs[better], reached[better]
        order = np.lexsort((arcs, reached, targets[arcs]))
        arcs, reached = arcs[order], reached[order]
        new = np.append(True, targets[arcs][1:] != targets[arcs][:-1])
        frontier = targets[arcs[new]]
        second[frontier], to_first[frontier] = reached[new], False
        pair[frontier] = steps.pair[inside[arcs[new]]]
