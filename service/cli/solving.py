"""Solving from the command line: the one place that calls the solver."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.cli.progress import shown_progress

if TYPE_CHECKING:
    from models.domain.issue import Issue
    from models.domain.problem import Problem
    from models.domain.result import MatchResult
    from solver.search.process import SolverProcess


def start_solver() -> SolverProcess:
    """A solving process, so that its slow imports run while the input is being read."""
    from solver.search.process import SolverProcess

    return SolverProcess()


def solve(
    problem: Problem,
    seconds: float,
    warnings: Sequence[Issue] = (),
    process: SolverProcess | None = None,
) -> MatchResult:
    """The result of a problem, with progress on the terminal meanwhile.

    The result repeats the intake's `warnings`; `process` is one that was started before.
    """
    from solver.limits import Limits
    from solver.solve import solve_matching

    gc.freeze()  # What is loaded and read stays: collecting garbage need not walk it.
    with shown_progress() as on_progress:
        return solve_matching(
            problem, Limits(seconds=seconds), on_progress, process, tuple(warnings)
        )
