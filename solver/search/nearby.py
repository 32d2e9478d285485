"""The answer of a round like this one, mended where it does not fit: a beginning, not a proof.

Only people near what is different move; everybody else keeps their partners. What is left is a
programme so small that HiGHS solves it in a moment.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.relaxation.face import FULL, whole_face
from solver.relaxation.network import Network
from solver.relaxation.wide_prices import WidePrices, reduced_gains
from solver.relaxation.wide_round import WideRound
from solver.rule import BoolArray, IntArray
from solver.scoring.candidates import CandidatePairs, KnownPairs, joined
from solver.search.clock import Clock
from solver.search.close_gap import PROVING_GAP, first_width, keeps_limits
from solver.search.gap_shell import finish

MOVING_PEOPLE = 2_000
"""No more people are added to those who may move once they are so many."""

LOCAL_WIDTH = 2 / 3
"""The pairs that may be made lie within such a part of the gap of the answer as it stood, and at
least within the first shell's width."""


def mended(
    wide: WideRound,
    prices: WidePrices,
    stood: CandidatePairs,
    unsettled: BoolArray,
    clock: Clock,
    gap: int = 0,
) -> CandidatePairs | None:
    """An answer near `stood`, candidate pairs that may break limits and lack pins of the round.

    `unsettled` marks the nodes of people whose partners are gone; `gap` is how far `stood` was
    from its bound. None where none is found.
    """
    network = wide.network
    held = KnownPairs(wide.pairs, network.mentees)
    near = joined(wide.pairs, stood.where(held.lacks(stood)))
    stands = ~KnownPairs(stood, network.mentees).lacks(near)
    pinned = whole_face(network, near, 0).state == FULL
    moving = unsettled | _over_their_places(network, stood)
    missing = near.where(pinned & ~stands)
    moving[missing.mentees] = moving[missing.mentors + np.int32(network.mentees)] = True
    if not moving.any():
        return stood if keeps_limits(wide, stood) else None
    losses = -reduced_gains(wide, prices, near)
    width = max(int(LOCAL_WIDTH * gap), first_width(wide, losses, prices))
    tight = losses <= width * prices.own.scale
    mentors = near.mentors + np.int32(network.mentees)
    ways = tight | stands
    moving = _and_those_around(near.mentees[ways], mentors[ways], moving)
    staying = near.where(stands & ~(moving[near.mentees] | moving[mentors]))
    inside = stands | pinned | (tight & moving[near.mentees] & moving[mentors])
    held_fast = replace(
        network,
        pinned_mentors=np.append(network.pinned_mentors, staying.mentors),
        pinned_mentees=np.append(network.pinned_mentees, staying.mentees),
    )
    few = replace(wide, network=held_fast)
    found = finish(few, prices, near.where(inside), width, clock, PROVING_GAP)
    if found is None or not keeps_limits(wide, found.pairs):
        return None
    return found.pairs


def _over_their_places(network: Network, stood: CandidatePairs) -> BoolArray:
    """A mask of the nodes with more partners than places."""
    nodes = np.concatenate([stood.mentees, stood.mentors + np.int32(network.mentees)])
    places = np.concatenate([network.most_partners.mentees, network.most_partners.mentors])
    over: BoolArray = np.bincount(nodes, minlength=network.nodes) > places
    return over


def _and_those_around(mentees: IntArray, mentors: IntArray, moving: BoolArray) -> BoolArray:
    """The nodes that pairs lead to, hop by hop, until they are many or all that can be reached."""
    while True:
        reached = moving[mentees] | moving[mentors]
        further = moving.copy()
        further[mentees[reached]] = further[mentors[reached]] = True
        if further.sum() >= MOVING_PEOPLE or further.sum() == moving.sum():
            return further
        moving = further
