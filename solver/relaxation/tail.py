"""The last word among equal answers: of equal lottery sums, the smallest list of pairs.

Two optimal answers differ by cycles of the residual network that cost nothing, so only
pairs on such a cycle can still change. There are almost never any.
"""

from __future__ import annotations

import numpy as np

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.relaxation.face import Face
from solver.relaxation.flow import EMPTY, FREE, FULL, best_flow
from solver.relaxation.network import Network
from solver.rule import BoolArray, IntArray
from solver.scoring.scoreboard import CandidatePairs, joined


def smallest_list(
    problem: Problem, network: Network, face: Face, used: BoolArray
) -> CandidatePairs:
    """The answer on the face whose list of (mentor, mentee) references, sorted, is smallest.

    `used` is any answer on the face. Pairs in doubt are decided in sorted order: each is kept
    if some answer with everything decided so far holds it. A list that simply ends comes
    before the same list with more, so that is tried first.
    """
    rank = _sorted_rank(problem, joined(face.free, face.fixed))
    rank, last_fixed = rank[: len(face.free)], rank[len(face.free) :].max(initial=-1)
    state = np.full(len(face.free), FREE)
    while True:
        loose = state == FREE
        now = _decided(face, state)
        doubt = np.flatnonzero(loose)[_in_doubt(network, now, used[loose])]
        if not len(doubt):
            return joined(face.fixed, face.free.where(used))
        place = doubt[np.argmin(rank[doubt])]
        later = rank >= rank[place]
        if last_fixed < rank[place]:
            ending = _answer(network, now, state, used, -later.astype(np.int64))
            if not (ending & later).any():
                return joined(face.fixed, face.free.where(ending))
        used = _answer(network, now, state, used, (rank == rank[place]).astype(np.int64))
        state[place] = FULL if used[place] else EMPTY


def _sorted_rank(problem: Problem, pairs: CandidatePairs) -> IntArray:
    """Each pair's place in the sorted list of (mentor, mentee) references."""
    mentors, mentees = _reference_rank(problem.mentors), _reference_rank(problem.mentees)
    order = np.lexsort((mentees[pairs.mentees], mentors[pairs.mentors]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _reference_rank(people: tuple[Participant, ...]) -> IntArray:
    order = sorted(range(len(people)), key=lambda place: people[place].reference)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _decided(face: Face, state: IntArray) -> Face:
    fixed = joined(face.fixed, face.free.where(state == FULL))
    return Face(free=face.free.where(state == FREE), fixed=fixed, segments=face.segments)


def _answer(
    network: Network, now: Face, state: IntArray, used: BoolArray, wish: IntArray
) -> BoolArray:
    """The answer with everything decided so far that grants most of the wish."""
    loose = state == FREE
    everything = np.ones(int(loose.sum()), dtype=np.bool_)
    unrewarded = np.zeros(len(network.segments.node), dtype=np.int64)
    arcs = now.arcs(network, unrewarded, everything, wish[loose])
    flow = best_flow(network, arcs, np.zeros(network.nodes, dtype=np.int64))
    answer = used.copy()
    answer[loose] = flow.used
    return answer


def _in_doubt(network: Network, now: Face, used: BoolArray) -> BoolArray:
    """The free pairs that may lie on a cycle of the residual network.

    Arcs without a way in at their tail or a way on from their head are taken away until none
    is left to take.
    """
    pairs, root = now.free, network.root
    mentor_nodes = pairs.mentors + np.int32(network.mentees)
    room, some = _places(network, now, used)
    is_mentee = np.arange(network.nodes) < network.mentees
    into = np.flatnonzero(np.where(is_mentee, room, some))
    out_of = np.flatnonzero(np.where(is_mentee, some, room))
    tails = np.concatenate(
        [np.where(used, mentor_nodes, pairs.mentees), np.full(len(into), root), out_of]
    )
    heads = np.concatenate(
        [np.where(used, pairs.mentees, mentor_nodes), into, np.full(len(out_of), root)]
    )
    alive = np.ones(len(tails), dtype=np.bool_)
    while True:
        entered = np.zeros(network.nodes + 1, dtype=np.bool_)
        left = entered.copy()
        entered[heads[alive]] = True
        left[tails[alive]] = True
        still = alive & entered[tails] & left[heads]
        if np.array_equal(still, alive):
            doubtful: BoolArray = still[: len(pairs)]
            return doubtful
        alive = still


def _places(network: Network, now: Face, used: BoolArray) -> tuple[BoolArray, BoolArray]:
    """Whether each node has room in its free segments, and whether some of it is used."""
    segments = network.segments
    standing = joined(now.fixed, now.free.where(used))
    count = np.bincount(standing.mentees, minlength=network.nodes) + np.bincount(
        standing.mentors + np.int32(network.mentees), minlength=network.nodes
    )
    full, loose = now.segments == FULL, now.segments == FREE
    np.subtract.at(count, segments.node[full], segments.capacity[full])
    capacity = np.zeros(network.nodes, dtype=np.int64)
    np.add.at(capacity, segments.node[loose], segments.capacity[loose])
    return count < capacity, count > 0
