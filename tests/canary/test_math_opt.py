"""300 small programmes through the engines of MathOpt: optimum, answer and dual prices."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver

from solver.rule import FloatArray
from tests.canary.rounds import TinyModel, a_tiny_model

HIGHS = parameters_pb2.SOLVER_TYPE_HIGHS
GLOP = parameters_pb2.SOLVER_TYPE_GLOP


def test_highs_agrees_with_enumeration_on_whole_numbers() -> None:
    """In feasibility, in the optimum, in the bound, and in what its answer really costs."""
    for seed in range(150):
        model = a_tiny_model(seed, 100_000, 10_000)
        best = model.smallest()
        result = _solved(_drafted(model, whole=True), HIGHS)
        if best is None:
            assert result.termination.reason == result_pb2.TERMINATION_REASON_INFEASIBLE, seed
            continue
        assert result.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL, seed
        assert result.termination.objective_bounds.dual_bound == pytest.approx(-best), seed
        answer = [round(value) for value in _values(result)]
        assert model.cost_of(answer) == best, seed


@pytest.mark.parametrize("engine", [HIGHS, GLOP])
def test_a_linear_programme_has_the_optimum_of_its_best_corner(engine: int) -> None:
    """And prices of the rows from which that optimum follows, with the signs that we rely on."""
    for seed in range(150):
        rng = random.Random(seed)
        columns, rows = rng.randint(1, 4), rng.randint(0, 4)
        sizes = np.array([[rng.randint(-2, 3) for _ in range(columns)] for _ in range(rows)], float)
        sizes = sizes.reshape(rows, columns)
        most = np.array([rng.randint(0, 3) for _ in range(columns)], float)
        least_sum = np.array([rng.choice((-2, 0, 1, -np.inf)) for _ in range(rows)], float)
        most_sum = np.maximum(least_sum, 0) + np.array([rng.randint(0, 3) for _ in range(rows)])
        gains = np.array([rng.randint(-5, 9) for _ in range(columns)], float)
        best = _best_corner(sizes, least_sum, most_sum, most, gains)
        drafted = _programme(sizes, least_sum, most_sum, most, gains)
        result = _solved(drafted, engine)
        if best is None:
            assert result.termination.reason in (
                result_pb2.TERMINATION_REASON_INFEASIBLE,
                result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED,
            )
            continue
        assert result.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL, seed
        assert gains @ _values(result) == pytest.approx(best), seed
        prices = _row_prices(result, rows)
        assert _bound_of(prices, sizes, least_sum, most_sum, most, gains) == pytest.approx(best)


def _best_corner(
    sizes: FloatArray,
    least_sum: FloatArray,
    most_sum: FloatArray,
    most: FloatArray,
    gains: FloatArray,
) -> float | None:
    """The largest gain of any corner: where as many limits hold with equality as columns."""
    unit = np.eye(len(most))
    sides = np.vstack([unit, unit, sizes, sizes])
    values = np.concatenate([np.zeros(len(most)), most, least_sum, most_sum])
    chosen = np.array(list(combinations(np.flatnonzero(np.isfinite(values)), len(most))))
    equations, right = sides[chosen], values[chosen]
    solvable = np.abs(np.linalg.det(equations)) > 1e-6
    corners = np.linalg.solve(equations[solvable], right[solvable][..., None])[..., 0]
    sums = corners @ sizes.T
    keeps = np.all((corners >= -1e-9) & (corners <= most + 1e-9), axis=1)
    keeps &= np.all((sums >= least_sum - 1e-9) & (sums <= most_sum + 1e-9), axis=1)
    return float((corners[keeps] @ gains).max()) if keeps.any() else None


def _bound_of(
    prices: FloatArray,
    sizes: FloatArray,
    least_sum: FloatArray,
    most_sum: FloatArray,
    most: FloatArray,
    gains: FloatArray,
) -> float:
    """What follows from the prices alone: a row costs what its binding side allows."""
    near = np.where(np.abs(prices) < 1e-9, 0.0, prices)
    sides = np.where(near > 0, most_sum, np.where(near < 0, least_sum, 0.0))
    reduced = gains - near @ sizes
    return float(near @ sides + most @ np.maximum(reduced, 0))


def _programme(
    sizes: FloatArray,
    least_sum: FloatArray,
    most_sum: FloatArray,
    most: FloatArray,
    gains: FloatArray,
) -> model_pb2.ModelProto:
    drafted = model_pb2.ModelProto()
    rows, columns = sizes.shape
    drafted.variables.ids.extend(range(columns))
    drafted.variables.lower_bounds.extend([0.0] * columns)
    drafted.variables.upper_bounds.extend(most.tolist())
    drafted.variables.integers.extend([False] * columns)
    drafted.objective.maximize = True
    drafted.objective.linear_coefficients.ids.extend(range(columns))
    drafted.objective.linear_coefficients.values.extend(gains.tolist())
    drafted.linear_constraints.ids.extend(range(rows))
    drafted.linear_constraints.lower_bounds.extend(least_sum.tolist())
    drafted.linear_constraints.upper_bounds.extend(most_sum.tolist())
    at_row, at_column = np.nonzero(sizes)
    drafted.linear_constraint_matrix.row_ids.extend(at_row.tolist())
    drafted.linear_constraint_matrix.column_ids.extend(at_column.tolist())
    drafted.linear_constraint_matrix.coefficients.extend(sizes[at_row, at_column].tolist())
    return drafted


def _drafted(model: TinyModel, whole: bool) -> model_pb2.ModelProto:
    """The tiny model; the engine maximises, so that costs are gains below 0."""
    sizes = np.zeros((len(model.rows), len(model.most)))
    for place, row in enumerate(model.rows):
        sizes[place, list(row.sizes)] = list(row.sizes.values())
    totals = np.array([row.total for row in model.rows], float)
    drafted = _programme(
        sizes, totals, totals, np.array(model.most, float), -np.array(model.costs, float)
    )
    drafted.variables.integers[:] = [whole] * len(model.most)
    return drafted


def _solved(drafted: model_pb2.ModelProto, engine: int) -> result_pb2.SolveResultProto:
    return solver.solve(
        drafted,
        engine,
        parameters_pb2.SolverInitializerProto(),
        parameters_pb2.SolveParametersProto(),
        model_parameters_pb2.ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )


def _values(result: result_pb2.SolveResultProto) -> FloatArray:
    values = result.solutions[0].primal_solution.variable_values
    found = np.zeros(max(values.ids, default=-1) + 1)
    found[list(values.ids)] = list(values.values)
    return found


def _row_prices(result: result_pb2.SolveResultProto, rows: int) -> FloatArray:
    values = result.solutions[0].dual_solution.dual_values
    found = np.zeros(rows)
    found[list(values.ids)] = list(values.values)
    return found
