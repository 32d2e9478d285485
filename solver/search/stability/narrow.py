"""What all stable answers have in common, found without any search.

Of a pair that is not made, one of the two has to have all places filled with pairs worth at
least the pair's points less epsilon. Where a mentee has so few pairs worth that much that they
cannot fill the mentee's places without this one, it is the mentor's places that are filled, with
this pair or with others. As many such mentees as a mentor has places fill them for sure, from
some points on, and the mentor's pairs below stand in no stable answer. That leaves others with
fewer pairs, and so on; the same holds with the roles exchanged. Further limits only take answers
away, so none of this depends on them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.relaxation.network import Network
from solver.rule import BoolArray, IntArray
from solver.scoring.candidates import CandidatePairs

NEVER = -(1 << 40)
"""Below all points: somebody's places may stay empty."""

_STEP = 1 << 41


@dataclass(frozen=True)
class Narrowed:
    """The pairs that may stand in a stable answer, and those pinned.

    `forced` are those that stand in every stable answer. `filled_from` has for each node of the
    network the points from which all its places are filled in every stable answer, or `NEVER`.
    """

    pairs: CandidatePairs
    epsilon: int
    forced: BoolArray
    filled_from: IntArray

    def nodes(self, network: Network) -> tuple[IntArray, IntArray]:
        """The nodes of each pair: its mentee, its mentor."""
        return _nodes(network, self.pairs)

    def undecided(self, network: Network) -> IntArray:
        """The places of pairs that some choice of the pairs left might have block it."""
        points = self.pairs.points.astype(np.int64) - self.epsilon
        settled = self.forced.copy()
        for node in self.nodes(network):
            settled |= points <= self.filled_from[node]
        return np.flatnonzero(~settled)


def narrow(
    network: Network, pairs: CandidatePairs, epsilon: int, pinned: BoolArray | None = None
) -> Narrowed:
    """Leaves out, again and again, what stands in no stable answer; pinned pairs are kept."""
    kept = np.arange(len(pairs))
    pinned = np.zeros(len(pairs), dtype=np.bool_) if pinned is None else pinned
    while True:
        left = pairs.where(kept)
        needs = _needs(network, left, epsilon)
        filled_from = _filled_from(network, left, epsilon, needs)
        below = np.zeros(len(left), dtype=np.bool_)
        for node in _nodes(network, left):
            below |= left.points < filled_from[node]
        below &= ~pinned[kept]
        if not below.any():
            return Narrowed(left, epsilon, needs[0] & needs[1], filled_from)
        kept = kept[~below]


def _nodes(network: Network, pairs: CandidatePairs) -> tuple[IntArray, IntArray]:
    return pairs.mentees.astype(np.int64), pairs.mentors.astype(np.int64) + network.mentees


def _places(network: Network) -> IntArray:
    most = network.most_partners
    return np.concatenate([most.mentees, most.mentors])


def _needs(network: Network, pairs: CandidatePairs, epsilon: int) -> tuple[BoolArray, BoolArray]:
    """Where the mentee, and where the mentor, is not filled well enough without this pair."""
    places = _places(network)
    points = pairs.points.astype(np.int64)

    def of(node: IntArray) -> BoolArray:
        # By node, and within it the best first.
        keys = node * _STEP - points
        order = np.argsort(keys)
        keys, nodes = keys[order], node[order]
        worth = np.searchsorted(keys, keys + epsilon, side="right")
        first = np.searchsorted(nodes, nodes, side="left")
        needed = np.empty(len(node), dtype=np.bool_)
        needed[order] = worth - first <= places[nodes]
        return needed

    of_mentees, of_mentors = (of(node) for node in _nodes(network, pairs))
    return of_mentees, of_mentors


def _filled_from(
    network: Network, pairs: CandidatePairs, epsilon: int, needs: tuple[BoolArray, BoolArray]
) -> IntArray:
    """From which points on each node's places are filled by those who need the node."""
    places, found = _places(network), np.full(network.nodes, NEVER, dtype=np.int64)
    of_mentees, of_mentors = needs
    for node, needed in zip(_nodes(network, pairs), (of_mentors, of_mentees), strict=True):
        some = np.flatnonzero(needed)
        order = some[np.lexsort((-pairs.points[some], node[some]))]
        nodes = node[order]
        rank = np.arange(len(nodes)) - np.searchsorted(nodes, nodes, side="left")
        last = rank == places[nodes] - 1
        found[nodes[last]] = pairs.points[order][last].astype(np.int64) - epsilon
    return found
