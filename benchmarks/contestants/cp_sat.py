"""Plain CP-SAT: a Boolean for every eligible pair, as anybody would write it at first.

No relaxation, no prices, no core: presolve is on and two workers search. Levels are solved
one after the other, as its manual advises instead of big weights: the mentees matched, then
the points with that many matched, hinted with the first answer.
"""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.scored_round import Choice, NoAnswerInTimeError, ScoredRound, play
from solver.rule import IntArray

WORKERS = 2


def decide(given: ScoredRound) -> Choice:
    """What the engine found best in its time, level by level."""
    given.one_mentor_each()
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in range(len(given.pairs))]
    _limit(model, chosen, given.pairs.mentors, given.capacity)
    _limit(model, chosen, given.pairs.mentees, given.wants)
    model.maximize(cp_model.LinearExpr.sum(chosen))
    coverage, coverage_proved = _solve(model, given)
    model.add(cp_model.LinearExpr.sum(chosen) >= int(coverage.objective_value))
    for pair in chosen:
        model.add_hint(pair, coverage.boolean_value(pair))
    model.maximize(cp_model.LinearExpr.weighted_sum(chosen, given.pairs.points.tolist()))
    try:
        best, points_proved = _solve(model, given)
    except NoAnswerInTimeError:
        best, points_proved = coverage, False
    made = np.array([best.boolean_value(pair) for pair in chosen], dtype=np.bool_)
    proved = coverage_proved and points_proved
    return Choice(given.pairs.where(made), optimal=proved, out_of_time=not proved)


def _limit(
    model: cp_model.CpModel, chosen: list[cp_model.IntVar], people: IntArray, most: IntArray
) -> None:
    order = np.argsort(people, kind="stable")
    ends = np.cumsum(np.bincount(people, minlength=len(most)))
    for of_person, limit in zip(np.split(order, ends[:-1]), most.tolist(), strict=True):
        model.add(cp_model.LinearExpr.sum([chosen[pair] for pair in of_person]) <= limit)


def _solve(model: cp_model.CpModel, given: ScoredRound) -> tuple[cp_model.CpSolver, bool]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = given.seconds_left()
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NoAnswerInTimeError
    return solver, status == cp_model.OPTIMAL


if __name__ == "__main__":
    play(decide, keeps_time=True)
