"""The recipe: a problem in, an audited and explained result out."""

from __future__ import annotations

from collections.abc import Callable

from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import MatchResult
from solver.limits import Limits

OnProgress = Callable[[Progress], None]


def solve_matching(
    problem: Problem, limits: Limits | None = None, on_progress: OnProgress | None = None
) -> MatchResult:
    """The provably best assignments of a problem, audited, certified and explained."""
    raise NotImplementedError
