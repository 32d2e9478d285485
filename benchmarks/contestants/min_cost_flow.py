"""The floor: OR-Tools' min-cost flow alone, over every eligible pair, in one objective.

It proves nothing to anybody, tells no ties apart and explains nothing: it is what the bare
optimisation costs when all pairs are handed over at once. Only the flow is timed, from the
arrays of scored pairs to the pairs chosen.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from benchmarks.scored_round import Choice, ScoredRound, play


def cheapest_flow(given: ScoredRound) -> Choice:
    """The pairs with the most mentees, then points, as one sum with a big weight.

    Places flow from a source to mentors, over pairs to mentees, and on to a sink; the first
    that reaches a mentee earns the weight, and what nobody needs goes round by a bypass.
    """
    pairs, capacity, wants = given.pairs, given.capacity, given.wants
    mentors, mentees = len(capacity), len(wants)
    source, sink = mentors + mentees, mentors + mentees + 1
    of_mentors, of_mentees = np.arange(mentors), np.arange(mentors, source)
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        pairs.mentors, pairs.mentees + mentors, np.ones_like(pairs.points), -pairs.points
    )
    for tails, heads, places, cost in (
        (np.full(mentors, source), of_mentors, capacity, 0),
        (of_mentees, np.full(mentees, sink), np.minimum(wants, 1), -given.matched_weight),
        (of_mentees, np.full(mentees, sink), np.maximum(wants - 1, 0), 0),
        (np.array([source]), np.array([sink]), capacity.sum(keepdims=True), 0),
    ):
        flow.add_arcs_with_capacity_and_unit_cost(tails, heads, places, np.full(len(tails), cost))
    flow.set_nodes_supplies(np.array([source, sink]), capacity.sum() * np.array([1, -1]))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(status.name)
    return Choice(pairs.where(flow.flows(arcs) > 0), optimal=True)


if __name__ == "__main__":
    play(cheapest_flow)
