"""What-if questions whose solves run in the test's own process, and are counted."""

from __future__ import annotations

from models.domain.problem import Problem
from models.domain.result import MatchResult
from scenarios.scenario import BaseRound
from scenarios.what_if import WhatIf
from tests.in_process import solved_or_not
from tests.scenarios.rounds import a_base


class CountedSolves:
    """Solves in this process, and keeps which rounds it was asked to solve."""

    def __init__(self) -> None:
        self.digests: list[str] = []

    def __call__(self, problem: Problem, start: MatchResult) -> MatchResult:
        self.digests.append(problem.digest)
        return solved_or_not(problem, start=start)


def a_what_if(base: BaseRound | None = None, solves: CountedSolves | None = None) -> WhatIf:
    """Questions about a small round that is solved."""
    base = base or a_base()
    return WhatIf(base, solved_or_not(base.problem), solves or CountedSolves())
