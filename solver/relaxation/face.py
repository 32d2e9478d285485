"""The optimal face: what the levels solved so far leave open.

By complementary slackness, under optimal prices an arc of positive reduced gain is used by
every optimal answer and one of negative reduced gain by none. So each level is solved on
what the levels before it leave free, and no level needs a big weight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.levels import Level
from solver.relaxation.flow import EMPTY, FREE, FULL, Arcs
from solver.relaxation.network import Network
from solver.rule import BoolArray, IntArray
from solver.scoring.scoreboard import CandidatePairs, joined


@dataclass(frozen=True)
class Face:
    """The pairs still free, those that must stand (pins among them), and the segments' state."""

    free: CandidatePairs
    fixed: CandidatePairs
    segments: IntArray

    def arcs(
        self, network: Network, segment_gains: IntArray, held: BoolArray, gains: IntArray
    ) -> Arcs:
        """The free arcs with the held pairs, and the flow of everything settled.

        `segment_gains` lie along the network's segments, `held` and `gains` along the free
        pairs.
        """
        loose = self.segments == FREE
        full = self.segments == FULL
        segments = network.segments
        settled = np.zeros(network.nodes, dtype=np.int64)
        is_mentee = segments.node < network.mentees
        # A full mentee segment brings flow into its mentee; a fixed pair takes it to the mentor.
        signed = np.where(is_mentee, segments.capacity, -segments.capacity)
        np.add.at(settled, segments.node[full], signed[full])
        np.subtract.at(settled, self.fixed.mentees, 1)
        np.add.at(settled, self.fixed.mentors + network.mentees, 1)
        return Arcs(
            mentors=self.free.mentors[held],
            mentees=self.free.mentees[held],
            pair_gains=gains[held],
            node=segments.node[loose],
            capacity=segments.capacity[loose],
            segment_gains=segment_gains[loose],
            settled=settled,
        )

    def under(self, network: Network, level: Level, prices: IntArray, reduced: IntArray) -> Face:
        """The face of this level inside the present one, from its prices and reduced gains."""
        segment_reduced = network.segments.gains[level.name] + prices[network.segments.node]
        segments = np.where(self.segments == FREE, np.sign(segment_reduced), self.segments)
        must = self.free.where(reduced > 0)
        return Face(
            free=self.free.where(reduced == 0),
            fixed=joined(self.fixed, must),
            segments=segments.astype(np.int8),
        )


def whole_face(network: Network, pairs: CandidatePairs) -> Face:
    """The face before the first level: everything is free but the pins."""
    width = max(1, network.mentees)
    pinned = network.pinned_mentors.astype(np.int64) * width + network.pinned_mentees
    is_pinned = np.isin(pairs.mentors.astype(np.int64) * width + pairs.mentees, pinned)
    return Face(
        free=pairs.where(~is_pinned),
        fixed=pairs.where(is_pinned),
        segments=np.full(len(network.segments.node), FREE, dtype=np.int8),
    )


assert (FREE, FULL, EMPTY) == (0, 1, -1)  # noqa: S101  `under` takes them from a sign
