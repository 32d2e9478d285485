"""The residual network of a proved answer: what any change of it costs, exactly.

Under prices that prove the answer, every arc along which it may change has a length of at
least 0: the loss, in the weighed sum of all levels, that taking it up brings. A pair that is
not made can be taken up, one that is made can be given up, and so can places: also one that
then stays empty. The cheapest way to make room for a forced pair is a shortest path from its
mentor to its mentee; with the pair's own length that is the difference between the optimum
and the optimum with the pair forced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.domain.certificate import LevelCertificate
from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.levels import LEVELS
from solver.questions.weights import LARGEST, NotANetworkError, Weighed, weigh
from solver.relaxation.network import Network, filled_places, lay_network
from solver.rule import BoolArray, IntArray
from solver.rulebook import Rules
from solver.scoring.scoreboard import CandidatePairs, score_pairs

FAR = LARGEST
"""The length of a way that does not exist."""


@dataclass(frozen=True)
class Steps:
    """The arcs of one kind, by the node they end in: `arcs[first[n]:first[n + 1]]` end in n."""

    first: IntArray
    source: IntArray
    length: IntArray
    pair: IntArray


class Residual:
    """The residual network over every candidate pair; nodes are mentees, mentors, then the root.

    Raises `NotANetworkError` where the certificate's prices alone do not prove the answer.
    """

    def __init__(
        self,
        problem: Problem,
        rules: Rules,
        pairs: Sequence[Pair],
        certificate: Sequence[LevelCertificate],
    ) -> None:
        self.problem, self.rules = problem, rules
        levels = [LEVELS[name] for name in problem.policy.levels]
        self.network: Network = lay_network(problem, rules, levels)
        self.weighed: Weighed = weigh(problem, rules, self.network, certificate)
        every = score_pairs(problem, rules)
        order = np.lexsort((every.mentors, every.mentees))
        self.every: CandidatePairs = every.where(order)
        self._codes = self._code(self.every.mentors, self.every.mentees)
        self.used: BoolArray = np.zeros(len(self.every), dtype=np.bool_)
        self.used[[self.place_of(pair.mentor, pair.mentee) for pair in pairs]] = True
        pinned = self._code(self.network.pinned_mentors, self.network.pinned_mentees)
        self.pinned: BoolArray = np.isin(self._codes, pinned)
        self.lengths = self._pair_lengths()
        movable = ~self.pinned
        if (self.lengths[movable] < 0).any() or (self.from_root_at_once < 0).any():
            raise NotANetworkError
        if (self.to_root_at_once < 0).any():
            raise NotANetworkError

    @cached_property
    def mentor_place(self) -> dict[str, int]:
        """Each mentor's position."""
        return {person.reference: place for place, person in enumerate(self.problem.mentors)}

    @cached_property
    def mentee_place(self) -> dict[str, int]:
        """Each mentee's position."""
        return {person.reference: place for place, person in enumerate(self.problem.mentees)}

    def place_of(self, mentor: str, mentee: str) -> int:
        """Where a candidate pair stands in `every`; KeyError for one that is none."""
        code = self._code(self.mentor_place[mentor], self.mentee_place[mentee])
        place = int(np.searchsorted(self._codes, code))
        if place == len(self._codes) or self._codes[place] != code:
            raise KeyError((mentor, mentee))
        return place

    def _code(self, mentors: IntArray | int, mentees: IntArray | int) -> IntArray:
        codes: IntArray = np.asarray(mentees, dtype=np.int64) * self.network.mentors + mentors
        return codes

    def _pair_lengths(self) -> IntArray:
        """The loss in taking up a pair that is not made, or giving up one that is."""
        gains = self.weighed.pair_gains(self.problem, self.every)
        nodes = self.weighed.nodes
        gains -= nodes[self.every.mentees]
        gains -= nodes[self.every.mentors + np.int32(self.network.mentees)]
        return np.where(self.used, gains, -gains)

    @cached_property
    def _places(self) -> tuple[IntArray, IntArray]:
        """For each node the loss in filling one place more, and in emptying one."""
        segments = self.network.segments
        gains = self.weighed.nodes[segments.node].copy()
        for weight, level in zip(self.weighed.weights, self.weighed.levels, strict=True):
            gains += weight * segments.gains[level.name]
        filled = filled_places(self.network, self.every.where(self.used))
        fill, empty = np.full((2, self.network.nodes), FAR, dtype=np.int64)
        room, some = filled < segments.capacity, filled > 0
        np.minimum.at(fill, segments.node[room], -gains[room])
        np.minimum.at(empty, segments.node[some], gains[some])
        return fill, empty

    @cached_property
    def from_root_at_once(self) -> IntArray:
        """The length of the arc from the root to each node: a mentee gains a place, a mentor
        loses one."""
        fill, empty = self._places
        return np.append(fill[: self.network.mentees], empty[self.network.mentees :])

    @cached_property
    def to_root_at_once(self) -> IntArray:
        """The length of the arc from each node to the root: a mentee loses a place, a mentor
        fills one."""
        fill, empty = self._places
        return np.append(empty[: self.network.mentees], fill[self.network.mentees :])

    @cached_property
    def into(self) -> Steps:
        """Arcs between mentees and mentors, by the node that they end in."""
        return self._steps(backwards=False)

    @cached_property
    def out_of(self) -> Steps:
        """The same arcs the other way round, by the node that they begin in."""
        return self._steps(backwards=True)

    def _steps(self, backwards: bool) -> Steps:
        movable = np.flatnonzero(~self.pinned)
        mentees = self.every.mentees[movable].astype(np.int64)
        mentors = self.every.mentors[movable].astype(np.int64) + self.network.mentees
        # A pair is taken up from its mentee to its mentor, and given up the other way.
        given_up = self.used[movable]
        begins = np.where(given_up, mentors, mentees)
        ends = np.where(given_up, mentees, mentors)
        if backwards:
            begins, ends = ends, begins
        length = self.lengths[movable]
        order = np.argsort(ends.astype(np.int32), kind="stable")
        first = np.searchsorted(ends[order], np.arange(self.network.nodes + 1))
        return Steps(first, begins[order], length[order], movable[order])
