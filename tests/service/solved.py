"""Rounds that are really solved, for tests of what is asked about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import MatchResult
from solver.limits import Limits
from tests.in_process import solve_here
from tests.service.services import a_document


def really_solved(
    problem: Problem,
    limits: Limits,
    on_progress: Callable[[Progress], None],
    *,
    issues: tuple[Issue, ...] = (),
    **_more: object,
) -> MatchResult:
    return solve_here(problem)


def a_contested_document() -> dict[str, Any]:
    """M-1 offers what both mentees seek, M-2 nothing; E-1 seeks it most."""
    document = a_document(mentors=2, mentees=2)
    document["participants"][0]["mentor"]["offers"] = ["leadership"]
    for mentee, sought in zip(document["participants"][2:], (["leadership"], []), strict=True):
        mentee["mentee"]["seeks"] = sought
    return document
