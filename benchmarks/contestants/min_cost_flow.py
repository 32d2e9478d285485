"""The floor: OR-Tools' min-cost flow alone, over every eligible pair, in one objective.

It proves nothing to anybody, tells no ties apart and explains nothing: it is what the bare
optimisation costs when all pairs are handed over at once. Only the flow is timed, from the
arrays of scored pairs to the pairs chosen.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from models.domain.problem import Problem
from service.cli.round_input import read_round_file
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import CandidatePairs, score_pairs


def main() -> None:
    """`min_cost_flow ROUND OUTPUT`."""
    round_file, output = map(Path, sys.argv[1:])
    problem = read_round_file(round_file).problem
    pairs = score_pairs(problem, choose_rules(problem.policy))
    started = time.perf_counter()
    chosen = cheapest_flow(problem, pairs)
    seconds = time.perf_counter() - started
    made = [
        {"mentor": problem.mentors[m].reference, "mentee": problem.mentees[e].reference}
        for m, e in zip(chosen.mentors.tolist(), chosen.mentees.tolist(), strict=True)
    ]
    run = {"seconds": seconds, "eligible_pairs": len(pairs)}
    output.write_text(json.dumps({"run": run, "assignments": made}))


def cheapest_flow(problem: Problem, pairs: CandidatePairs) -> CandidatePairs:
    """The pairs with the most mentees, then points, as one sum with a big weight.

    Places flow from a source to mentors, over pairs to mentees, and on to a sink; the first
    that reaches a mentee earns the weight, and what nobody needs goes round by a bypass.
    """
    capacity = np.array([person.mentoring.capacity for person in problem.mentors])
    wants = np.array([person.learning.wants for person in problem.mentees])
    mentors, mentees = len(capacity), len(wants)
    source, sink = mentors + mentees, mentors + mentees + 1
    weight = 1 + int(pairs.points.max(initial=0)) * int(min(capacity.sum(), wants.sum()))
    of_mentors, of_mentees = np.arange(mentors), np.arange(mentors, source)
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        pairs.mentors, pairs.mentees + mentors, np.ones_like(pairs.points), -pairs.points
    )
    for tails, heads, places, cost in (
        (np.full(mentors, source), of_mentors, capacity, 0),
        (of_mentees, np.full(mentees, sink), np.minimum(wants, 1), -weight),
        (of_mentees, np.full(mentees, sink), np.maximum(wants - 1, 0), 0),
        (np.array([source]), np.array([sink]), capacity.sum(keepdims=True), 0),
    ):
        flow.add_arcs_with_capacity_and_unit_cost(tails, heads, places, np.full(len(tails), cost))
    flow.set_nodes_supplies(np.array([source, sink]), capacity.sum() * np.array([1, -1]))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(status.name)
    return pairs.where(flow.flows(arcs) > 0)


if __name__ == "__main__":
    main()
