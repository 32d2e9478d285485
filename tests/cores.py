"""A whole round as a core, for tests of what CP-SAT is given and what it makes of it."""

from __future__ import annotations

import numpy as np

from solver.relaxation.face import FULL
from solver.rule import IntArray
from solver.search.draft import Core, Reduced
from tests.worlds import World


def a_core(
    world: World, level: str, nodes: IntArray | None = None, groups: IntArray | None = None
) -> Core:
    """Every candidate pair, with a level reduced by prices of nodes and groups; 0 if none."""
    pairs, network = world.pairs, world.network
    prices = np.zeros(network.nodes, dtype=np.int64) if nodes is None else nodes
    group_prices = np.zeros(len(world.groups), dtype=np.int64) if groups is None else groups
    reduced = world.gains(level) - prices[pairs.mentees]
    reduced = reduced - prices[pairs.mentors + network.mentees]
    segments = network.segments
    return Core(
        network=network,
        face=world.face,
        groups=world.groups,
        slacks=world.face.slacks,
        places=np.arange(len(pairs)),
        forced=world.face.state == FULL,
        objective=Reduced(
            pairs=reduced - world.groups.cost_of_pairs(group_prices, len(pairs)),
            segments=segments.gains[level] + prices[segments.node],
            slacks=-group_prices,
        ),
    )
