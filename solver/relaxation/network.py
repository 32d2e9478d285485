"""A round as a network: from a root to the mentees, along pairs to the mentors, and back.

A node's places are split into segments, so that a level may reward the first partner or
charge for the third. Node e is the mentee at position e, node `mentees + m` the mentor at
position m. With a price p on every node, the reduced gain of an arc is
    pair (m, e):            gain - p[e] - p[mentees + m]
    segment of node n:      gain + p[n]
and for any prices at all  sum(capacity x max(0, reduced gain))  bounds the level's value.
Pins are arcs that always carry flow, so their reduced gain counts whatever its sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from models.domain.problem import Problem
from solver.encoding import pin_positions
from solver.levels import Level
from solver.rule import IntArray, KeyedLimit
from solver.rulebook import Rules
from solver.scoring.scoreboard import CandidatePairs


@dataclass(frozen=True)
class Segments:
    """The places of the nodes: `node`, how many places, and for each level the gain of one."""

    node: IntArray
    capacity: IntArray
    gains: dict[str, IntArray]


@dataclass(frozen=True)
class MostPartners:
    """How many partners each mentor and each mentee may have, by position."""

    mentors: IntArray
    mentees: IntArray


@dataclass(frozen=True)
class Network:
    """The nodes of a round and the pins on them; the pairs come as candidate pairs."""

    mentees: int
    mentors: int
    segments: Segments
    pinned_mentors: IntArray
    pinned_mentees: IntArray

    @cached_property
    def first_places(self) -> IntArray:
        """The segment of each mentee's first place; those without any place have none at all.

        Where a limit counts matched mentees, that segment is the first place alone.
        """
        first = np.full(self.mentees, -1, dtype=np.int64)
        nodes, where = np.unique(self.segments.node, return_index=True)
        of_mentees = nodes < self.mentees
        first[nodes[of_mentees]] = where[of_mentees]
        return first

    @cached_property
    def most_partners(self) -> MostPartners:
        """How many places everybody has."""
        places = np.bincount(
            self.segments.node, weights=self.segments.capacity, minlength=self.nodes
        ).astype(np.int64)
        return MostPartners(mentors=places[self.mentees :], mentees=places[: self.mentees])

    def with_pins(self, numbers: Sequence[int]) -> Network:
        """The same network with some of its pins alone, given by their places."""
        some = np.array(numbers, dtype=np.int64)
        return replace(
            self,
            pinned_mentors=self.pinned_mentors[some],
            pinned_mentees=self.pinned_mentees[some],
        )

    @property
    def nodes(self) -> int:
        """How many nodes there are beside the root."""
        return self.mentees + self.mentors

    @property
    def root(self) -> int:
        """The root's number."""
        return self.nodes


def lay_network(problem: Problem, rules: Rules, levels: Sequence[Level]) -> Network:
    """The network of a problem, with the gains of every level on its segments."""
    limits = [rule.limit(problem) for rule in rules.constraints]
    mentee_most, mentor_most = _most_partners(problem, limits)
    counts_matches = any(limit.matched is not None for limit in limits)
    nodes: list[int] = []
    capacities: list[int] = []
    gains: list[tuple[int, ...]] = []

    def lay(node: int, most: int, gain_of_nth: list[tuple[int, ...]]) -> None:
        """Places with equal gains at every level lie in one segment."""
        if len(gain_of_nth) == 1 and most and not (counts_matches and node < len(problem.mentees)):
            nodes.append(node)
            capacities.append(most)
            gains.append(gain_of_nth[0])
            return
        for nth in range(most):
            gain = gain_of_nth[min(nth, len(gain_of_nth) - 1)]
            apart = counts_matches and nth == 1 and node < len(problem.mentees)
            if nodes and nodes[-1] == node and gains[-1] == gain and not apart:
                capacities[-1] += 1
            else:
                nodes.append(node)
                capacities.append(1)
                gains.append(gain)

    # Most levels count nobody on one side: where loads cost nothing, no mentor is asked.
    of_mentees = [level if level.counts_mentees else None for level in levels]
    of_mentors = [level if level.counts_mentors(rules) else None for level in levels]
    for place, mentee in enumerate(problem.mentees):
        most = mentee_most[place]
        asked = range(1, most + 1) if any(of_mentees) else range(1)
        gain_of = [tuple(v.mentee_gain(mentee, n) if v else 0 for v in of_mentees) for n in asked]
        lay(place, most, gain_of)
    for place, mentor in enumerate(problem.mentors):
        most = mentor_most[place]
        asked = range(1, most + 1) if any(of_mentors) else range(1)
        gain_of = [
            tuple(v.mentor_gain(rules, mentor, n) if v else 0 for v in of_mentors) for n in asked
        ]
        lay(len(problem.mentees) + place, most, gain_of)

    table = np.array(gains, dtype=np.int64).reshape(len(gains), len(levels))
    pins_m, pins_e = pin_positions(problem)
    return Network(
        mentees=len(problem.mentees),
        mentors=len(problem.mentors),
        segments=Segments(
            node=np.array(nodes, dtype=np.int32),
            capacity=np.array(capacities, dtype=np.int64),
            gains={level.name: table[:, k] for k, level in enumerate(levels)},
        ),
        pinned_mentors=pins_m,
        pinned_mentees=pins_e,
    )


def _most_partners(problem: Problem, limits: Sequence[KeyedLimit]) -> tuple[list[int], list[int]]:
    """The most mentors of each mentee and the most mentees of each mentor, by the limits."""
    most = {"mentee": [len(problem.mentors)] * len(problem.mentees)}
    most["mentor"] = [len(problem.mentees)] * len(problem.mentors)
    for limit in limits:
        if most.get(limit.shape):
            _, upper = limit.bounds(np.arange(len(most[limit.shape])))
            most[limit.shape] = np.minimum(most[limit.shape], upper).tolist()
    return most["mentee"], most["mentor"]


def network_value(problem: Problem, network: Network, level: Level, pairs: CandidatePairs) -> int:
    """A level's value for these pairs."""
    gains = level.pair_gains(problem, pairs.mentors, pairs.mentees, pairs.points)
    return int(gains.sum() + filled_places(network, pairs) @ network.segments.gains[level.name])


def filled_places(network: Network, pairs: CandidatePairs) -> IntArray:
    """How many places of each segment these pairs take: a node's fill in order of their gains."""
    nodes = np.concatenate([pairs.mentees, pairs.mentors + np.int32(network.mentees)])
    count = np.bincount(nodes, minlength=network.nodes)
    segments = network.segments
    before = np.cumsum(segments.capacity) - segments.capacity
    first = np.append(True, segments.node[1:] != segments.node[:-1])[: len(before)]
    before -= np.maximum.accumulate(np.where(first, before, 0))
    return np.clip(count[segments.node] - before, 0, segments.capacity)
