"""One level's relaxation: solve over the pairs held, price all the others, add, repeat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from solver.relaxation.face import Face
from solver.relaxation.flow import best_flow, settle_prices
from solver.relaxation.network import Network
from solver.rule import BoolArray, IntArray
from solver.scoring.columns import violated_columns

HOLD_ALL_BELOW = 60_000
"""So few pairs are held from the start: pricing would cost more than it saves."""


@dataclass(frozen=True)
class PricedLevel:
    """A level's optimum on a face: prices of every node, the pairs used, reduced gains.

    `used`, `held` and `reduced` lie along the face's free pairs.
    """

    prices: IntArray
    used: BoolArray
    held: BoolArray
    reduced: IntArray


def relax_level(
    network: Network,
    face: Face,
    gains: IntArray,
    segment_gains: IntArray,
    held: BoolArray,
    on_round: Callable[[BoolArray], None] = lambda used: None,
) -> PricedLevel:
    """The level's optimum over every free pair of the face, with the prices that prove it.

    `gains` are the free pairs', `segment_gains` all segments'; `held` are pairs to begin with
    that hold a feasible answer.
    `on_round` is told of each answer on the way, as a mask of the free pairs used.
    """
    if len(face.free) <= HOLD_ALL_BELOW:
        held = np.ones(len(face.free), dtype=np.bool_)
    prices: IntArray = np.zeros(network.nodes, dtype=np.int64)
    while True:
        arcs = face.arcs(network, segment_gains, held, gains)
        flow = best_flow(network, arcs, prices)
        prices = settle_prices(network, arcs, flow, prices)
        used = np.zeros(len(face.free), dtype=np.bool_)
        used[np.flatnonzero(held)[flow.used]] = True
        on_round(used)
        reduced = reduced_gains(network, face, gains, prices)
        added = violated_columns(face.free, reduced, held)
        if not added.any():
            return PricedLevel(prices, used, held, reduced)
        held = held | added


def reduced_gains(network: Network, face: Face, gains: IntArray, prices: IntArray) -> IntArray:
    """The free pairs' gains less the prices of both their nodes."""
    reduced: IntArray = (
        gains - prices[face.free.mentees] - prices[face.free.mentors + np.int32(network.mentees)]
    )
    return reduced
