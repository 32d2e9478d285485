"""An answer as a flow on the round's network, with prices, while it is brought up to a change.

Flow runs from the root to the mentees, along pairs to the mentors, and back. Every arc along
which it may still change has a length, in the sum of the levels and at the tie rule: what the
change loses. Where no length is below nothing, the flow is the best of all those that leave as
much in each node.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from solver.levels import LEVELS, TIE_RULE
from solver.relaxation.network import Network
from solver.rule import IntArray
from solver.scoring.candidates import CandidatePairs
from solver.scoring.every_pair import EveryPair
from solver.warm.sums import NoSumError, Sums

Length = tuple[int, int]
"""A length in the sum of the levels, and at the tie rule."""

NOTHING: Length = (0, 0)

Arc = tuple[int, Length]
"""The node that an arc ends in, and its length."""


class Flow:
    """Which pairs stand, how many places of each node are taken, and how high each node lies.

    Node e is the mentee at position e, node `mentees + m` the mentor at position m, and the last
    the root, at height 0. The height of a mentee is their price, that of a mentor the price
    with the other sign: the length of an arc is what it loses, plus the height of where it
    begins, less that of where it ends. `heights` are those of the sum and of the tie rule.
    """

    def __init__(self, every: EveryPair, network: Network, sums: Sums) -> None:
        self.every, self.network = every, network
        self.mentees, self.root = network.mentees, network.root
        self.heights: IntArray = np.zeros((2, network.nodes + 1), dtype=np.int64)
        self.partners: list[dict[int, int]] = [{} for _ in range(network.nodes)]
        self.taken: IntArray = np.zeros(network.nodes, dtype=np.int64)
        pins = zip(network.pinned_mentees, network.pinned_mentors + network.mentees, strict=True)
        self.pinned = {(int(mentee), int(mentor)) for mentee, mentor in pins}
        self._levels = [
            (weight, level)
            for weight, level in zip(sums.weights, sums.levels, strict=True)
            if level.largest_pair_gain(1)
        ]
        segments = network.segments
        gains = sums.together([segments.gains[level.name] for level in sums.levels])
        self._segment_gains = gains
        self._gains = np.append(np.repeat(gains, segments.capacity), 0)
        self.most: IntArray = np.zeros(network.nodes, dtype=np.int64)
        np.add.at(self.most, segments.node, segments.capacity)
        self._first_place = np.cumsum(self.most) - self.most
        people = (*every.problem.mentees, *every.problem.mentors)
        self._names = [person.reference for person in people]

    def put(self, mentee: int, mentor: int) -> None:
        """Makes a candidate pair of two nodes; their places are another matter."""
        self.put_all([mentee], [mentor])

    def put_all(self, mentees: Sequence[int], mentors: Sequence[int]) -> None:
        """Makes several pairs. Raises `NoSumError` where one of them is no candidate."""
        places = self.every.places(np.array(mentors) - self.mentees, np.array(mentees))
        if (places < 0).any():
            raise NoSumError
        gains = self.gains(self.every.pairs.where(places)).tolist()
        for mentee, mentor, gain in zip(mentees, mentors, gains, strict=True):
            self.partners[mentee][mentor] = self.partners[mentor][mentee] = gain

    def end(self, mentee: int, mentor: int) -> None:
        """Ends a pair; the places of the two are another matter."""
        del self.partners[mentee][mentor], self.partners[mentor][mentee]

    def push(self, begin: int, end: int) -> None:
        """Moves one unit along an arc of the residual network."""
        if end == self.root:
            self.taken[begin] += -1 if begin < self.mentees else 1
        elif begin == self.root:
            self.taken[end] += 1 if end < self.mentees else -1
        elif begin < self.mentees:
            self.put(begin, end)
        else:
            self.end(end, begin)

    def to_spare(self) -> IntArray:
        """What comes into each node and does not leave it, the root last."""
        pairs = np.array([len(some) for some in self.partners], dtype=np.int64)
        spare = self.taken - pairs
        spare[self.mentees :] *= -1
        return np.append(spare, -spare.sum())

    def pairs_of(self, mentee: int) -> CandidatePairs:
        """A mentee's candidate pairs, in the order of the mentors."""
        first, pairs = self.every.first, self.every.pairs
        some = slice(first[mentee], first[mentee + 1])
        return CandidatePairs(pairs.mentors[some], pairs.mentees[some], pairs.points[some])

    def gains(self, pairs: CandidatePairs) -> IntArray:
        """What each pair adds to the sum."""
        gains = np.zeros(len(pairs), dtype=np.int64)
        for weight, level in self._levels:
            gains += weight * level.pair_gains(
                self.every.problem, pairs.mentors, pairs.mentees, pairs.points
            )
        return gains

    def gain(self, mentee: int, mentor: int) -> int | None:
        """What one pair adds to the sum; None where it is no candidate."""
        place = self.every.places(np.array([mentor - self.mentees]), np.array([mentee]))
        return int(self.gains(self.every.pairs.where(place))[0]) if place[0] >= 0 else None

    def draw(self, mentee: int, mentor: int) -> int:
        """The pair's draw of the tie rule."""
        names = self._names
        return LEVELS[TIE_RULE].pair_gain(self.every.problem, names[mentor], names[mentee], 0)

    def making(self, mentee: int, mentor: int, gain: int) -> Length:
        """The length of the arc along a pair that does not stand, in the direction of the flow."""
        height, at_ties = self.heights
        return (
            int(height[mentee] - height[mentor]) - gain,
            int(at_ties[mentee] - at_ties[mentor]) - self.draw(mentee, mentor),
        )

    def ending(self, mentor: int) -> Iterator[Arc]:
        """The arcs back along a mentor's pairs, but for those that have to stand."""
        for mentee, gain in self.partners[mentor].items():
            if (mentee, mentor) not in self.pinned:
                loss, at_ties = self.making(mentee, mentor, gain)
                yield mentee, (-loss, -at_ties)

    def to_root(self, node: int) -> Length | None:
        """The length of the arc to the root: a mentee gives a place up, a mentor takes one."""
        sign = -1 if node < self.mentees else 1
        if self.taken[node] == (0 if sign < 0 else self.most[node]):
            return None
        place = self._first_place[node] + self.taken[node] - (sign < 0)
        height, at_ties = self.heights[:, node]
        return int(height - sign * self._gains[place]), int(at_ties)

    def worth_of_first_place(self, node: int) -> int:
        """What a node's first place adds to the sum."""
        return int(self._gains[self._first_place[node]]) if self.most[node] else 0

    def from_root(self) -> Iterator[Arc]:
        """The arcs from the root: mentees take a place, mentors give one up."""
        is_mentee = np.arange(self.network.nodes) < self.mentees
        open_ = np.where(is_mentee, self.taken < self.most, self.taken > 0)
        places = self._first_place + self.taken - ~is_mentee
        lengths = np.where(is_mentee, -1, 1) * self._gains[places] - self.heights[0, :-1]
        for node in np.flatnonzero(open_).tolist():
            yield node, (int(lengths[node]), -int(self.heights[1, node]))

    def loses_no_draw(self, mentee: int, mentor: int) -> bool:
        """Whether taking the pair up, or ending it, costs nothing at the tie rule."""
        heights = self.heights[1]
        return self.draw(mentee, mentor) == int(heights[mentee] - heights[mentor])

    def segment_signs(self) -> IntArray:
        """Whether a place of each segment gains at these heights (1), or loses (-1), or neither."""
        node = self.network.segments.node
        sign = np.where(node < self.mentees, 1, -1)
        worth = self._segment_gains + self.heights[0, node] * sign
        signs = np.sign(np.where(worth == 0, self.heights[1, node] * sign, worth))
        found: IntArray = signs.astype(np.int8)
        return found

    def settle_places(self) -> None:
        """Takes every place that gains, and gives up every one that loses, at these heights."""
        sign = np.where(np.arange(self.network.nodes) < self.mentees, 1, -1)
        price, at_ties = self.heights[:, :-1] * sign
        while True:
            worth = self._gains[self._first_place + self.taken] + price
            more = (self.taken < self.most) & ((worth > 0) | (worth == 0) & (at_ties > 0))
            last = self._gains[self._first_place + np.maximum(self.taken, 1) - 1] + price
            fewer = (self.taken > 0) & ((last < 0) | (last == 0) & (at_ties < 0))
            if not (more | fewer).any():
                return
            self.taken += more
            self.taken -= fewer & ~more
