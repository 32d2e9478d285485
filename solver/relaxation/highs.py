"""HiGHS, reached through OR-Tools' MathOpt: linear programmes, with or without whole variables.

The model is handed over as columns of numbers; MathOpt's own Python objects for variables and
constraints take longer to build than a programme of 20,000 columns takes to solve.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver
from pybind11_abseil.status import StatusNotOk

from models.domain.stop import StopReason
from solver.rule import BoolArray, FloatArray, IntArray

INTERIOR_FROM = 2_000
"""From so many columns on the interior point method is the faster one, by far: 1.3 s against
17 s by dual simplex on 20,000 columns. It is followed by a crossover to a vertex."""

BYTES_A_COLUMN, BYTES_A_CELL = 200, 200
"""What a model takes while it is drafted, generously: its arrays double as they grow."""

Options = Mapping[str, float | int | str]


@dataclass(frozen=True)
class Matrix:
    """Coefficients by row and column; no cell may be given twice."""

    rows: IntArray
    columns: IntArray
    values: FloatArray


@dataclass(frozen=True)
class Programme:
    """Maximise gains x columns within bounds of rows and columns; `whole` are whole numbers."""

    gains: FloatArray
    lower: FloatArray
    upper: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray
    matrix: Matrix
    whole: BoolArray | None = None


@dataclass(frozen=True)
class Outcome:
    """What HiGHS says: `status` is optimal, infeasible, feasible (stopped early) or none
    (stopped, or failed, without an answer).

    `values` lie along the columns, `duals` along the rows (of linear programmes alone);
    `bound` is what nothing exceeds, in floating point; `stopped_by` the limit that ended it.
    """

    status: str
    values: FloatArray = field(default_factory=lambda: np.zeros(0))
    duals: FloatArray = field(default_factory=lambda: np.zeros(0))
    bound: float = np.inf
    stopped_by: StopReason | None = None


def solve(
    programme: Programme,
    seconds: float,
    options: Options | None = None,
    hint: FloatArray | None = None,
) -> Outcome:
    """The optimum, or what was found in time. `options` are HiGHS's own, by name.

    `hint` is a feasible choice of values to begin with, for programmes of whole numbers.
    """
    model = _model(programme)
    extra = _beginning_with(hint)
    method = "ipm" if len(programme.gains) >= INTERIOR_FROM else "simplex"
    chosen = {**({} if programme.whole is not None else {"solver": method}), **(options or {})}
    with suppress(StatusNotOk):
        return _outcome(programme, _asked(model, extra, seconds, chosen))
    # Its presolve may bring it into a state of which it says that it is an error.
    with suppress(StatusNotOk):
        plainly = {**chosen, "presolve": "off"}
        return _outcome(programme, _asked(model, extra, seconds, plainly))
    return Outcome("none")


def _beginning_with(hint: FloatArray | None) -> model_parameters_pb2.ModelSolveParametersProto:
    extra = model_parameters_pb2.ModelSolveParametersProto()
    if hint is not None:
        values = extra.solution_hints.add().variable_values
        values.ids.extend(range(len(hint)))
        values.values.extend(hint.tolist())
    return extra


def _asked(
    model: model_pb2.ModelProto,
    extra: model_parameters_pb2.ModelSolveParametersProto,
    seconds: float,
    options: Options,
) -> result_pb2.SolveResultProto:
    parameters = parameters_pb2.SolveParametersProto()
    parameters.time_limit.FromTimedelta(dt.timedelta(seconds=max(0.0, seconds)))
    _set_options(parameters.highs, options)
    return solver.solve(
        model,
        parameters_pb2.SOLVER_TYPE_HIGHS,
        parameters_pb2.SolverInitializerProto(),
        parameters,
        extra,
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )


def _set_options(highs: Any, options: Options) -> None:
    for name, value in options.items():
        kind = {str: highs.string_options, int: highs.int_options, float: highs.double_options}
        kind[type(value)][name] = value


def _model(programme: Programme) -> model_pb2.ModelProto:
    columns, rows = len(programme.gains), len(programme.row_lower)
    _claim_memory(BYTES_A_COLUMN * (columns + rows) + BYTES_A_CELL * len(programme.matrix.values))
    model = model_pb2.ModelProto()
    whole = np.zeros(columns, dtype=np.bool_) if programme.whole is None else programme.whole
    model.variables.ids.extend(range(columns))
    model.variables.lower_bounds.extend(programme.lower.tolist())
    model.variables.upper_bounds.extend(programme.upper.tolist())
    model.variables.integers.extend(whole.tolist())
    model.objective.maximize = True
    gaining = np.flatnonzero(programme.gains)
    model.objective.linear_coefficients.ids.extend(gaining.tolist())
    model.objective.linear_coefficients.values.extend(programme.gains[gaining].tolist())
    model.linear_constraints.ids.extend(range(rows))
    model.linear_constraints.lower_bounds.extend(programme.row_lower.tolist())
    model.linear_constraints.upper_bounds.extend(programme.row_upper.tolist())
    matrix = programme.matrix
    order = np.lexsort((matrix.columns, matrix.rows))
    cells = model.linear_constraint_matrix
    cells.row_ids.extend(matrix.rows[order].tolist())
    cells.column_ids.extend(matrix.columns[order].tolist())
    cells.coefficients.extend(matrix.values[order].tolist())
    return model


def _claim_memory(size: int) -> None:
    """MemoryError where so many bytes cannot be had: the messages' own code would not check."""
    np.empty(size, dtype=np.uint8)


def _outcome(programme: Programme, result: result_pb2.SolveResultProto) -> Outcome:
    reason = result.termination.reason
    bound = result.termination.objective_bounds.dual_bound
    if reason == result_pb2.TERMINATION_REASON_INFEASIBLE:
        return Outcome("infeasible")
    if not result.solutions or not result.solutions[0].HasField("primal_solution"):
        return Outcome("none", bound=bound, stopped_by=_limit(result))
    found = result.solutions[0]
    optimal = reason == result_pb2.TERMINATION_REASON_OPTIMAL
    return Outcome(
        status="optimal" if optimal else "feasible",
        values=_dense(found.primal_solution.variable_values, len(programme.gains)),
        duals=_dense(found.dual_solution.dual_values, len(programme.row_lower)),
        bound=bound,
        stopped_by=_limit(result),
    )


def _limit(result: result_pb2.SolveResultProto) -> StopReason | None:
    """Which limit was reached; nodes and iterations are the same on every machine."""
    limit = result.termination.limit
    if limit == result_pb2.LIMIT_UNSPECIFIED:
        return None
    return "time_limit" if limit == result_pb2.LIMIT_TIME else "work_limit"


def _dense(sparse: Any, length: int) -> FloatArray:
    values = np.zeros(length, dtype=np.float64)
    values[np.array(sparse.ids, dtype=np.int64)] = sparse.values
    return values
