"""A stable answer at once: the best pair that both have places for, again and again."""

from __future__ import annotations

import numpy as np

from solver.relaxation.network import Network
from solver.rule import BoolArray, IntArray
from solver.scoring.candidates import CandidatePairs
from solver.search.stability.narrow import NEVER


def greedy_stable(network: Network, pairs: CandidatePairs, pinned: BoolArray) -> BoolArray:
    """A mask of pairs: pins, then every other pair that still fits, the best first.

    Where nothing is pinned, and no limit but everybody's places is asked for, the answer is
    stable whatever the epsilon. Among equal pairs a mentee with few options comes first.
    """
    options = np.bincount(pairs.mentees, minlength=network.mentees)[pairs.mentees]
    order = np.lexsort((np.arange(len(pairs)), options, -pairs.points, ~pinned))
    most = network.most_partners
    left_m, left_e = most.mentors.tolist(), most.mentees.tolist()
    mentors, mentees = pairs.mentors[order].tolist(), pairs.mentees[order].tolist()
    taken = []
    for place, mentor, mentee in zip(order.tolist(), mentors, mentees, strict=True):
        if left_m[mentor] > 0 and left_e[mentee] > 0:
            left_m[mentor] -= 1
            left_e[mentee] -= 1
            taken.append(place)
    standing = np.zeros(len(pairs), dtype=np.bool_)
    standing[taken] = True
    return standing


def blocking(
    network: Network, pairs: CandidatePairs, standing: BoolArray, epsilon: int
) -> IntArray:
    """The places of the pairs not made of whom each has a free place, or would gain more than
    epsilon over their worst present partner."""
    blocks = ~standing
    most = network.most_partners
    for people, places in ((pairs.mentors, most.mentors), (pairs.mentees, most.mentees)):
        worst = np.full(len(places), np.iinfo(np.int64).max, dtype=np.int64)
        np.minimum.at(worst, people[standing], pairs.points[standing].astype(np.int64) + epsilon)
        worst[np.bincount(people[standing], minlength=len(places)) < places] = NEVER
        blocks &= pairs.points > worst[people]
    return np.flatnonzero(blocks)
