"""HiGHS, a mixed-integer solver, through OR-Tools' MathOpt: a binary for every eligible pair.

Coverage and points are one objective with a big weight. It is asked for the optimum, not for
its usual gap of a ten-thousandth.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from ortools.math_opt.python import mathopt

from benchmarks.scored_round import Choice, NoAnswerInTimeError, ScoredRound, play
from solver.rule import IntArray

LESS_THAN_ONE = 0.5
"""The gap to stop at: values are whole numbers, so less than one unit is none."""


def solve_as_mip(given: ScoredRound) -> Choice:
    """What the engine found best in its time."""
    given.one_mentor_each()
    model = mathopt.Model()
    chosen = [model.add_binary_variable() for _ in range(len(given.pairs))]
    _limit(model, chosen, given.pairs.mentors, given.capacity)
    _limit(model, chosen, given.pairs.mentees, given.wants)
    weighted = zip(given.weighted_points.tolist(), chosen, strict=True)
    model.maximize(mathopt.fast_sum(worth * pair for worth, pair in weighted))
    parameters = mathopt.SolveParameters(
        time_limit=dt.timedelta(seconds=given.seconds_left()),
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=LESS_THAN_ONE,
    )
    solved = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    if not solved.has_primal_feasible_solution():
        raise NoAnswerInTimeError
    made = np.array(solved.variable_values(chosen)) > 1 / 2
    optimal = solved.termination.reason == mathopt.TerminationReason.OPTIMAL
    return Choice(given.pairs.where(made), optimal=optimal, out_of_time=not optimal)


def _limit(
    model: mathopt.Model, chosen: list[mathopt.Variable], people: IntArray, most: IntArray
) -> None:
    order = np.argsort(people, kind="stable")
    ends = np.cumsum(np.bincount(people, minlength=len(most)))
    for of_person, limit in zip(np.split(order, ends[:-1]), most.tolist(), strict=True):
        sum_of_pairs = mathopt.fast_sum(chosen[pair] for pair in of_person)
        model.add_linear_constraint(sum_of_pairs <= limit)


if __name__ == "__main__":
    play(solve_as_mip, keeps_time=True)
