"""Engines that run out of memory for real, and what becomes of the process that they are in."""

from __future__ import annotations

import sys

import pytest

from solver.limits import Limits
from solver.search.outcome import Ended
from solver.search.process import SolverProcess
from tests.builders import a_problem

# The child's own ways: its output apart, errors told by type and place, imports done; then a
# model of 100,000 columns that is drafted before there is a limit, and solved under it.
BEGINNING = """
import resource, sys
from pathlib import Path
import numpy as np
from ortools.sat.python import cp_model_helper as cp
from solver.relaxation.highs import Matrix, Programme, solve
from solver.search import child
from solver.search.messages import Ready
sys.excepthook = child._tell_where
out = child._own_output()
child.warm_up()
print(Ready().model_dump_json(), file=out, flush=True)
draw = np.random.default_rng(1)
COLUMNS, ROWS, IN_A_ROW = 100_000, 10_000, 20
members = draw.integers(0, COLUMNS // IN_A_ROW, (ROWS, IN_A_ROW)) * IN_A_ROW + np.arange(IN_A_ROW)
gains = draw.integers(1, 100, COLUMNS)

def leave(megabytes):
    limit = child._address_space() + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
"""
CP_SAT = """
model = cp.CpModelProto()
for _ in range(COLUMNS):
    model.variables.add().domain.extend([0, 1])
for row in members:
    linear = model.constraints.add().linear
    linear.vars.extend(row.tolist())
    linear.coeffs.extend([1] * IN_A_ROW)
    linear.domain.extend([0, 3])
model.objective.vars.extend(range(COLUMNS))
model.objective.coeffs.extend((-gains).tolist())
leave({left})
engine = cp.SolveWrapper()
parameters = cp.SatParameters()
parameters.num_workers = 1
engine.set_parameters(parameters)
engine.solve(model)
"""
HIGHS = """
programme = Programme(
    gains=gains.astype(float),
    lower=np.zeros(COLUMNS),
    upper=np.ones(COLUMNS),
    row_lower=np.full(ROWS, -np.inf),
    row_upper=np.full(ROWS, 3.0),
    matrix=Matrix(
        np.repeat(np.arange(ROWS), IN_A_ROW), members.ravel(), np.ones(ROWS * IN_A_ROW)
    ),
    whole=np.ones(COLUMNS, dtype=bool) if {whole} else None,
)
leave({left})
solve(programme, 60.0)
"""


@pytest.mark.slow
@pytest.mark.parametrize("left", [1, 10, 40, 70])
@pytest.mark.parametrize(
    "engine",
    [CP_SAT, HIGHS.replace("{whole}", "True"), HIGHS.replace("{whole}", "False")],
    ids=["CP-SAT", "HiGHS on whole numbers", "HiGHS"],
)
def test_an_engine_without_memory_is_out_of_memory(engine: str, left: int) -> None:
    """Whatever it does then: an exception, an abort, or a status that says nothing."""
    script = BEGINNING + engine.replace("{left}", str(left))
    with SolverProcess((sys.executable, "-c", script)) as process:
        process.ask(a_problem(), Limits(seconds=60))
        (ended,) = process.answers()
    assert isinstance(ended, Ended)
    assert ended.reason == "out_of_memory", ended.detail
