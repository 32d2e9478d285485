"""CP-SAT at work on a draft, and its answer in our own words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model_helper as cp

from solver.rule import BoolArray
from solver.search.draft import Draft


@dataclass(frozen=True)
class SearchAnswer:
    """The pairs used, what they lose against the bound, and whether nothing loses less."""

    used: BoolArray
    loss: int
    proved: bool


def search(
    draft: Draft, hint: list[int], seconds: float, deterministic_seconds: float
) -> SearchAnswer | None:
    """The answer of smallest loss, or None where CP-SAT found none in time.

    `hint` is a value for each of the model's first variables.

    One worker and a fixed seed: the same draft gives the same answer. Presolve is off: on
    rewritten objectives it costs more than the search.
    """
    model = draft.model
    model.solution_hint.vars.extend(range(len(hint)))
    model.solution_hint.values.extend(hint)
    parameters = cp.SatParameters()
    parameters.num_workers = 1
    parameters.random_seed = 0
    parameters.cp_model_presolve = False
    parameters.max_deterministic_time = deterministic_seconds
    parameters.max_time_in_seconds = seconds
    parameters.catch_sigint_signal = False
    solver = cp.SolveWrapper()
    solver.set_parameters(parameters)
    response = solver.solve(model)  # type: ignore[no-untyped-call]
    if response.status not in (cp.OPTIMAL, cp.FEASIBLE):
        return None
    used = np.array(list(response.solution)[: draft.pairs], dtype=np.int64) > 0
    return SearchAnswer(
        used=used,
        loss=round(response.objective_value) + draft.offset,
        proved=response.status == cp.OPTIMAL,
    )
