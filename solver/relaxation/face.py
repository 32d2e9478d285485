"""The optimal face: what the levels solved so far leave open.

By complementary slackness, under optimal prices an arc of positive reduced gain is used by
every optimal answer and one of negative reduced gain by none. So each level is solved on
what the levels before it leave free, and no level needs a big weight. Where an answer falls
short of its bound by a gap, the same holds for reduced gains beyond the gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from solver.relaxation.network import Network
from solver.rule import BoolArray, IntArray
from solver.scoring.scoreboard import CandidatePairs

FREE, FULL, EMPTY = 0, 1, -1
"""What is settled of an arc: nothing, always used, or never used. The sign says which."""


@dataclass(frozen=True)
class Arcs:
    """The free arcs of a network with one level's gains; `settled` is the flow of the rest.

    `settled[n]` is what the settled arcs already bring into node n, less what they take out.
    """

    mentors: IntArray
    mentees: IntArray
    pair_gains: IntArray
    node: IntArray
    capacity: IntArray
    segment_gains: IntArray
    settled: IntArray


@dataclass(frozen=True)
class Face:
    """The state of every candidate pair, of every segment and of every side group's slack."""

    pairs: CandidatePairs
    state: IntArray
    segments: IntArray
    slacks: IntArray

    @cached_property
    def free_places(self) -> IntArray:
        """The places of the free pairs among all."""
        return np.flatnonzero(self.state == FREE)

    @cached_property
    def free(self) -> CandidatePairs:
        """The pairs that are still free."""
        return self.pairs.where(self.free_places)

    @cached_property
    def fixed(self) -> CandidatePairs:
        """The pairs that stand in every answer, pins among them."""
        return self.pairs.where(self.state == FULL)

    def standing(self, used: BoolArray) -> BoolArray:
        """A choice among the free pairs as a mask of all pairs, with those that must stand."""
        everything: BoolArray = self.state == FULL
        everything[self.free_places[used]] = True
        return everything

    def settle(
        self, free_reduced: IntArray, segments: IntArray, slacks: IntArray, gap: int = 0
    ) -> Face:
        """The face inside this one: whatever is free and reduced beyond the gap is settled.

        `free_reduced` lies along the free pairs, the others along all segments and groups.
        """
        state = self.state.copy()
        state[self.free_places] = _sign_beyond(free_reduced, gap)
        return Face(
            pairs=self.pairs,
            state=state,
            segments=np.where(self.segments == FREE, _sign_beyond(segments, gap), self.segments),
            slacks=np.where(self.slacks == FREE, _sign_beyond(slacks, gap), self.slacks),
        )

    def arcs(
        self, network: Network, segment_gains: IntArray, held: BoolArray, gains: IntArray
    ) -> Arcs:
        """The free arcs with the held pairs, and the flow of everything settled.

        `segment_gains` lie along the network's segments, `held` and `gains` along the free
        pairs.
        """
        loose, full = self.segments == FREE, self.segments == FULL
        segments = network.segments
        settled = np.zeros(network.nodes, dtype=np.int64)
        is_mentee = segments.node < network.mentees
        # A full mentee segment brings flow into its mentee; a fixed pair takes it to the mentor.
        signed = np.where(is_mentee, segments.capacity, -segments.capacity)
        np.add.at(settled, segments.node[full], signed[full])
        np.subtract.at(settled, self.fixed.mentees, 1)
        np.add.at(settled, self.fixed.mentors + np.int32(network.mentees), 1)
        return Arcs(
            mentors=self.free.mentors[held],
            mentees=self.free.mentees[held],
            pair_gains=gains[held],
            node=segments.node[loose],
            capacity=segments.capacity[loose],
            segment_gains=segment_gains[loose],
            settled=settled,
        )


def whole_face(network: Network, pairs: CandidatePairs, groups: int) -> Face:
    """The face before the first level: everything is free but the pins."""
    width = max(1, network.mentees)
    pinned = network.pinned_mentors.astype(np.int64) * width + network.pinned_mentees
    is_pinned = np.isin(pairs.mentors.astype(np.int64) * width + pairs.mentees, pinned)
    return Face(
        pairs=pairs,
        state=np.where(is_pinned, FULL, FREE).astype(np.int8),
        segments=np.full(len(network.segments.node), FREE, dtype=np.int8),
        slacks=np.full(groups, FREE, dtype=np.int8),
    )


def _sign_beyond(reduced: IntArray, gap: int) -> IntArray:
    signs: IntArray = np.where(np.abs(reduced) > gap, np.sign(reduced), FREE).astype(np.int8)
    return signs
