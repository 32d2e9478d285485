"""Is the mended answer the only one that is best at every level, the tie rule's sum included?"""

from __future__ import annotations

import numpy as np

from solver.relaxation.face import EMPTY, FREE, FULL, Face
from solver.relaxation.tail import smallest_list
from solver.rule import BoolArray, IntArray
from solver.scoring.candidates import CandidatePairs
from solver.warm.flow import Flow


def is_smallest(flow: Flow) -> bool:
    """Whether no answer as good has a smaller list of pairs; there is almost never another.

    Only pairs of no length at all can stand in one and not in the other.
    """
    pairs, standing = _without_loss(flow)
    face = _face(flow, pairs, standing)
    smallest = smallest_list(flow.every.problem, flow.network, face, standing)
    return np.array_equal(smallest, standing)


def _without_loss(flow: Flow) -> tuple[CandidatePairs, BoolArray]:
    """The pairs that stand, and those that cost the sum of the levels nothing; which stand."""
    every = flow.every.pairs
    mentees = [mentee for mentee in range(flow.mentees) for _ in flow.partners[mentee]]
    mentors = [mentor for mentee in range(flow.mentees) for mentor in flow.partners[mentee]]
    stands = np.zeros(len(every), dtype=np.bool_)
    places = flow.every.places(
        np.array(mentors, dtype=np.int64) - flow.mentees, np.array(mentees, dtype=np.int64)
    )
    stands[places] = True
    found = [places]
    start = 0
    for block in flow.every.blocks():
        found.append(start + np.flatnonzero(_lengths(flow, block) == 0))
        start += len(block)
    chosen = np.unique(np.concatenate(found))
    return every.where(chosen), stands[chosen]


def _lengths(flow: Flow, pairs: CandidatePairs) -> IntArray:
    heights = flow.heights[0]
    mentors = pairs.mentors + np.int64(flow.mentees)
    lengths: IntArray = heights[pairs.mentees] - heights[mentors] - flow.gains(pairs)
    return lengths


def _face(flow: Flow, pairs: CandidatePairs, standing: BoolArray) -> Face:
    """What is free where every level, the tie rule among them, keeps its value."""
    nodes = zip(pairs.mentees.tolist(), (pairs.mentors + flow.mentees).tolist(), strict=True)
    lengths = zip(_lengths(flow, pairs).tolist(), nodes, strict=True)
    free = [
        not length and pair not in flow.pinned and flow.loses_no_draw(*pair)
        for length, pair in lengths
    ]
    return Face(
        pairs=pairs,
        state=np.where(free, FREE, np.where(standing, FULL, EMPTY)).astype(np.int8),
        segments=flow.segment_signs(),
        slacks=np.zeros(0, dtype=np.int8),
    )
