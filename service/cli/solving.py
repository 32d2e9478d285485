"""Solving from the command line: the one place that calls the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.cli.progress import shown_progress

if TYPE_CHECKING:
    from models.domain.problem import Problem
    from models.domain.result import MatchResult


def solve(problem: Problem, seconds: float) -> MatchResult:
    """The result of a problem, with progress on the terminal meanwhile."""
    from solver.limits import Limits
    from solver.solve import solve_matching

    with shown_progress() as on_progress:
        return solve_matching(problem, Limits(seconds=seconds), on_progress)
