"""The network's optimum over some pairs, and prices that prove it.

OR-Tools finds the flow; it does not give the prices, so they are worked out here as a
fixpoint: the shortest distances in the residual network, started from prices that are
nearly right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from solver.relaxation.face import Arcs
from solver.relaxation.network import Network
from solver.rule import BoolArray, IntArray


@dataclass(frozen=True)
class Flow:
    """Which pairs are used, and how many places of each segment."""

    used: BoolArray
    places: IntArray


class FlowFailedError(RuntimeError):
    """OR-Tools ended without an optimum; its status is the message."""


def best_flow(network: Network, arcs: Arcs, prices: IntArray) -> Flow:
    """The flow of largest gain over the free arcs.

    The prices only shift the costs that OR-Tools sees: near the right ones it ends sooner.
    """
    is_mentee = arcs.node < network.mentees
    root = np.full(len(arcs.node), network.root, dtype=np.int32)
    mentor_nodes = arcs.mentors + np.int32(network.mentees)
    tails = np.concatenate([arcs.mentees, np.where(is_mentee, root, arcs.node)])
    heads = np.concatenate([mentor_nodes, np.where(is_mentee, arcs.node, root)])
    capacities = np.concatenate([np.ones(len(arcs.mentees), dtype=np.int64), arcs.capacity])
    costs = np.concatenate(
        [
            prices[arcs.mentees] + prices[mentor_nodes] - arcs.pair_gains,
            -arcs.segment_gains - prices[arcs.node],
        ]
    )
    solver = SimpleMinCostFlow()
    places = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    # What enters a node by settled arcs has to leave it by free ones, and the other way round.
    supplies = np.append(arcs.settled, -int(arcs.settled.sum()))
    solver.set_nodes_supplies(np.arange(network.nodes + 1, dtype=np.int32), supplies)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise FlowFailedError(status.name)
    flows = solver.flows(places)
    return Flow(flows[: len(arcs.mentees)] > 0, flows[len(arcs.mentees) :])


def settle_prices(network: Network, arcs: Arcs, flow: Flow, start: IntArray) -> IntArray:
    """Prices under which every free arc is complementary to the flow.

    Distances d with d = -price for a mentee and d = price for a mentor satisfy
    d[e] <= d[m] - gain for an unused pair, d[m] <= d[e] + gain for a used one, and the like
    against the root for segments: Bellman-Ford, downwards from the start. It ends because
    the flow is optimal, so that no cycle of the residual network gains anything.
    """
    sign = np.where(np.arange(network.nodes) < network.mentees, -1, 1)
    d = np.append(start * sign, 0).astype(np.int64)
    relaxations = [
        *_pair_relaxations(network, arcs, flow),
        *_segment_relaxations(network, arcs, flow),
    ]
    for _ in range(2 * network.nodes + 2):
        before = d.copy()
        for relax in relaxations:
            relax(d)
        if np.array_equal(before, d):
            break
    else:
        raise FlowFailedError("the flow is not optimal")
    prices: IntArray = (d[:-1] - d[-1]) * sign
    return prices


class _Relax:
    """d[head] <= min over its arcs of d[tail] + length, with the arcs sorted by head."""

    def __init__(self, tails: IntArray, heads: IntArray, lengths: IntArray) -> None:
        order = np.argsort(heads, kind="stable")
        self._tails, self._lengths = tails[order], lengths[order]
        self._heads, self._starts = np.unique(heads[order], return_index=True)

    def __call__(self, d: IntArray) -> None:
        if len(self._heads):
            nearest = np.minimum.reduceat(d[self._tails] + self._lengths, self._starts)
            d[self._heads] = np.minimum(d[self._heads], nearest)


def _pair_relaxations(network: Network, arcs: Arcs, flow: Flow) -> list[_Relax]:
    used, unused = flow.used, ~flow.used
    nodes = arcs.mentors + np.int32(network.mentees)
    return [
        _Relax(nodes[unused], arcs.mentees[unused], -arcs.pair_gains[unused]),
        _Relax(arcs.mentees[used], nodes[used], arcs.pair_gains[used]),
    ]


def _segment_relaxations(network: Network, arcs: Arcs, flow: Flow) -> list[_Relax]:
    room, some = flow.places < arcs.capacity, flow.places > 0
    is_mentee = arcs.node < network.mentees
    root = np.full(len(arcs.node), network.root, dtype=np.int32)
    gains = arcs.segment_gains
    downwards, upwards = [], []
    for side, gain, down, up in (
        (is_mentee, gains, some, room),
        (~is_mentee, -gains, room, some),
    ):
        # Mentee: d[e] <= root + g where some places are used, root <= d[e] - g where some are
        # left. Mentor: d[m] <= root - h where some are left, root <= d[m] + h where some are used.
        downwards.append(_Relax(root[side & down], arcs.node[side & down], gain[side & down]))
        upwards.append(_Relax(arcs.node[side & up], root[side & up], -gain[side & up]))
    return downwards + upwards
