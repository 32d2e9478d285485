"""Plain CP-SAT: a Boolean for every eligible pair, as anybody would write it at first.

No relaxation, no prices, no core: presolve is on and two workers search. Coverage and points
are one objective with a big weight; solving one level after the other takes this engine many
times as long here.
"""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.scored_round import Choice, NoAnswerInTimeError, ScoredRound, play
from solver.rule import IntArray

WORKERS = 2


def decide(given: ScoredRound) -> Choice:
    """What the engine found best in its time."""
    given.one_mentor_each()
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in range(len(given.pairs))]
    _limit(model, chosen, given.pairs.mentors, given.capacity)
    _limit(model, chosen, given.pairs.mentees, given.wants)
    model.maximize(cp_model.LinearExpr.weighted_sum(chosen, given.weighted_points.tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = given.seconds_left()
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NoAnswerInTimeError
    made = np.array([solver.boolean_value(pair) for pair in chosen], dtype=np.bool_)
    optimal = status == cp_model.OPTIMAL
    return Choice(given.pairs.where(made), optimal=optimal, out_of_time=not optimal)


def _limit(
    model: cp_model.CpModel, chosen: list[cp_model.IntVar], people: IntArray, most: IntArray
) -> None:
    order = np.argsort(people, kind="stable")
    ends = np.cumsum(np.bincount(people, minlength=len(most)))
    for of_person, limit in zip(np.split(order, ends[:-1]), most.tolist(), strict=True):
        model.add(cp_model.LinearExpr.sum([chosen[pair] for pair in of_person]) <= limit)


if __name__ == "__main__":
    play(decide, keeps_time=True)
