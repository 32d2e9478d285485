"""The last word among equal answers: of equal lottery sums, the smallest list of pairs.

Two optimal answers differ by cycles of the residual network that cost nothing, so only
pairs on such a cycle can still change. There are almost never any.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.relaxation.face import EMPTY, FREE, FULL, Face
from solver.relaxation.flow import best_flow
from solver.relaxation.network import Network
from solver.rule import BoolArray, IntArray
from solver.scoring.scoreboard import CandidatePairs, joined


def smallest_list(problem: Problem, network: Network, face: Face, standing: BoolArray) -> BoolArray:
    """The answer on the face whose list of (mentor, mentee) references, sorted, is smallest.

    Answers are masks of all candidate pairs; `standing` is any answer on the face. Pairs in
    doubt are decided in sorted order: each is kept if some answer with everything decided so
    far holds it. A list that simply ends comes before the same list with more, so that is
    tried first.
    """
    while True:
        doubt = face.free_places[_in_doubt(network, face, standing[face.free_places])]
        if not len(doubt):
            return standing
        rank = _sorted_rank(problem, face.pairs)
        place = doubt[np.argmin(rank[doubt])]
        later = rank >= rank[place]
        ending = _answer(network, face, -later.astype(np.int64))
        if not (ending & later).any():
            return ending
        standing = _answer(network, face, (rank == rank[place]).astype(np.int64))
        state = face.state.copy()
        state[place] = FULL if standing[place] else EMPTY
        face = replace(face, state=state)


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


def _answer(network: Network, face: Face, wish: IntArray) -> BoolArray:
    """The answer on the face that grants most of the wish, which lies along all pairs."""
    everything = np.ones(len(face.free), dtype=np.bool_)
    unrewarded = np.zeros(len(network.segments.node), dtype=np.int64)
    arcs = face.arcs(network, unrewarded, everything, wish[face.free_places])
    flow = best_flow(network, arcs, np.zeros(network.nodes, dtype=np.int64))
    return face.standing(flow.used)


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
