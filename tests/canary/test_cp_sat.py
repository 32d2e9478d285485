"""1,000 models like ours through CP-SAT, with the search's own parameters."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model_helper as cp

from solver.search.draft import MOST_IN_A_CONSTRAINT, MOST_IN_THE_OBJECTIVE
from solver.search.search import _parameters
from tests.canary.rounds import TinyModel, a_tiny_model

UP_TO = {
    "small": (1_000, 100),
    "middling": (1 << 30, 1 << 20),
    "the whole budget": (MOST_IN_THE_OBJECTIVE, MOST_IN_A_CONSTRAINT),
    "nothing to choose": (1, 1_000),
}


@pytest.mark.parametrize("largest", UP_TO.values(), ids=UP_TO)
def test_cp_sat_agrees_with_enumeration(largest: tuple[int, int]) -> None:
    """In feasibility, in the optimum, in the bound, and in what its answer really costs."""
    feasible = 0
    for seed in range(250):
        model = a_tiny_model(seed, *largest)
        best = model.smallest()
        response = _solved(model)
        feasible += best is not None
        if best is None:
            assert response.status == cp.INFEASIBLE, seed
            continue
        assert response.status == cp.OPTIMAL, seed
        assert round(response.objective_value) == best, seed
        assert round(response.best_objective_bound) == best, seed
        assert model.cost_of(list(response.solution)) == best, seed
    assert 100 < feasible < 250


def _solved(model: TinyModel) -> cp.CpSolverResponse:
    drafted = cp.CpModelProto()
    for most in model.most:
        drafted.variables.add().domain.extend([0, most])
    for row in model.rows:
        linear = drafted.constraints.add().linear
        linear.vars.extend(list(row.sizes))
        linear.coeffs.extend(list(row.sizes.values()))
        linear.domain.extend([row.total, row.total])
    drafted.objective.vars.extend(range(len(model.costs)))
    drafted.objective.coeffs.extend(model.costs)
    drafted.objective.domain.extend([0, MOST_IN_THE_OBJECTIVE])
    solver = cp.SolveWrapper()
    solver.set_parameters(_parameters(60.0))
    return solver.solve(drafted)
