"""What a worker needs of a solver, and the solver that tells the log how a search ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import structlog

from models.domain.incumbent import Incumbent
from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import MatchResult
from service.metrics import WATCHDOG_KILLS
from solver.interruption import Interruption
from solver.limits import Limits
from solver.search.outcome import Ended
from solver.search.process import SolverProcess
from solver.solve import solve_matching


class Solve(Protocol):
    """A solve that blocks until it is done, such as `solver.solve.solve_matching`."""

    def __call__(
        self,
        problem: Problem,
        limits: Limits,
        on_progress: Callable[[Progress], None],
        *,
        issues: tuple[Issue, ...],
        known: Incumbent | None,
        on_incumbent: Callable[[Incumbent], None],
        interruption: Interruption,
    ) -> MatchResult:
        """The result of a problem; it repeats the issues and is no worse than what is known."""


def logged_solve(
    problem: Problem,
    limits: Limits,
    on_progress: Callable[[Progress], None],
    *,
    issues: tuple[Issue, ...],
    known: Incumbent | None,
    on_incumbent: Callable[[Incumbent], None],
    interruption: Interruption,
    process: SolverProcess | None = None,
) -> MatchResult:
    """`solve_matching`, with a line in the log for a search that was ended before its end."""
    return solve_matching(
        problem,
        limits,
        on_progress,
        issues=issues,
        on_ended=_log,
        known=known,
        on_incumbent=on_incumbent,
        interruption=interruption,
        process=process,
    )


def _log(ended: Ended) -> None:
    if ended.reason == "hung":
        WATCHDOG_KILLS.inc()
    if ended.reason:
        structlog.get_logger().warning(
            "search stopped early", stopped_by=ended.reason, detail=ended.detail
        )
