"""CP-SAT at work on a core, and its answer in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model_helper as cp

from solver.rule import BoolArray
from solver.search.clock import Clock
from solver.search.draft import CoefficientBudgetError, Core, draft_model, hint_for

DETERMINISTIC_SECONDS = 120.0
"""CP-SAT's own count of its work, the same on every machine; the wall clock is only a net."""


@dataclass(frozen=True)
class SearchAnswer:
    """The pairs that stand, as a mask of all; what they lose; whether nothing loses less."""

    standing: BoolArray
    loss: int
    proved: bool


def search_core(core: Core, hint: BoolArray, clock: Clock) -> SearchAnswer | None:
    """The answer of smallest loss in the core, or None where CP-SAT found none in time.

    Nor is it asked where the core's coefficients are beyond what it is trusted with. `hint`
    is a feasible answer; the clock is told of a limit that ended the search. One worker and a
    fixed seed: the same core gives the same answer. Presolve is off: on rewritten objectives
    it costs more than the search.
    """
    try:
        draft = draft_model(core)
    except CoefficientBudgetError:
        return None
    values = hint_for(core, hint)
    draft.model.solution_hint.vars.extend(range(len(values)))
    draft.model.solution_hint.values.extend(values)
    response = solved(draft.model, clock)
    if response.status not in (cp.OPTIMAL, cp.FEASIBLE):
        return None
    return SearchAnswer(
        standing=standing_of(core, response),
        loss=round(response.objective_value) + draft.offset,
        proved=response.status == cp.OPTIMAL,
    )


def any_of_core(core: Core, clock: Clock) -> tuple[BoolArray | None, bool]:
    """Any answer of the core as a mask of all pairs, and whether CP-SAT says there is none."""
    try:
        draft = draft_model(core)
    except CoefficientBudgetError:
        return None, False
    response = solved(draft.model, clock)
    if response.status in (cp.OPTIMAL, cp.FEASIBLE):
        return standing_of(core, response), False
    return None, response.status == cp.INFEASIBLE


def solved(model: cp.CpModelProto, clock: Clock, ways: int = 1) -> Any:
    """CP-SAT's response to a model; the clock is told of a limit that ended the search.

    With several `ways` of searching they take turns in a fixed order, on one core.
    """
    solver = cp.SolveWrapper()
    parameters = _parameters(clock.seconds_left())
    parameters.num_workers = ways
    parameters.interleave_search = ways > 1
    solver.set_parameters(parameters)
    response = solver.solve(model)  # type: ignore[no-untyped-call]
    if response.status in (cp.UNKNOWN, cp.FEASIBLE):
        by_work = response.deterministic_time >= DETERMINISTIC_SECONDS
        clock.stopped("work_limit" if by_work else "time_limit")
    return response


def standing_of(core: Core, response: Any) -> BoolArray:
    """The pairs of a response's answer as a mask of all."""
    used = np.array(list(response.solution)[: len(core.places)], dtype=np.int64) > 0
    standing = np.zeros(len(core.face.pairs), dtype=np.bool_)
    standing[core.places[used]] = True
    return standing


def _parameters(seconds: float) -> cp.SatParameters:
    parameters = cp.SatParameters()
    parameters.random_seed = 0
    parameters.cp_model_presolve = False
    parameters.max_deterministic_time = DETERMINISTIC_SECONDS
    parameters.max_time_in_seconds = max(0.0, seconds)
    parameters.catch_sigint_signal = False
    return parameters
