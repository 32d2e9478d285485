"""What a worker needs of a solver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import MatchResult
from solver.limits import Limits


class Solve(Protocol):
    """A solve that blocks until it is done, such as `solver.solve.solve_matching`."""

    def __call__(
        self,
        problem: Problem,
        limits: Limits,
        on_progress: Callable[[Progress], None],
        *,
        issues: tuple[Issue, ...],
    ) -> MatchResult:
        """The result of a problem; it repeats the issues."""
