"""What-if questions about a solved round, each answered from a solve of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.domain.comparison import Attribution, Comparison
from models.domain.problem import Problem
from models.domain.result import MatchResult
from scenarios.attribution import attribute
from scenarios.change import Change
from scenarios.compare import Outcomes, compare
from scenarios.scenario import BaseRound, Scenario, open_scenario
from scenarios.warm import WarmSolve
from solver.solve import solve_matching

SolveFrom = Callable[[Problem, MatchResult], MatchResult]
"""Solves a round, beginning with the result of one like it."""


def solve_from(problem: Problem, start: MatchResult) -> MatchResult:
    """The round solved in a process of its own, however long that takes."""
    return solve_matching(problem, start=start)


@dataclass(frozen=True)
class ScenarioAnswer:
    """A scenario with its own audited and certified result, beside the round's.

    Where the changed round states no problem there is neither; the scenario's issues say why.
    """

    scenario: Scenario
    result: MatchResult | None = None
    comparison: Comparison | None = None


class WhatIf:
    """Asks what would be if a round were another; the same question is answered once.

    `result` is the round's own; every solve begins with its pairs and prices.
    """

    def __init__(self, base: BaseRound, result: MatchResult, solve: SolveFrom = solve_from) -> None:
        self._base, self._result, self._solve = base, result, solve
        self._known = {base.problem.digest: result}

    @classmethod
    def kept_warm(
        cls, base: BaseRound, result: MatchResult, solve: SolveFrom = solve_from
    ) -> WhatIf:
        """The same for many questions: what they share is worked out once, before the first.

        It pays from the second or third question on; `solve` answers what is not told from the
        round held.
        """
        base = base.at_hand()
        return cls(base, result, WarmSolve(base.problem, result, solve))

    def ask(self, changes: Sequence[Change]) -> ScenarioAnswer:
        """What would come of these changes, made one after the other."""
        scenario = open_scenario(self._base, changes)
        if scenario.problem is None:
            return ScenarioAnswer(scenario)
        result = self.solved(scenario.problem)
        before = Outcomes(self._base.problem, self._result)
        after = Outcomes(scenario.problem, result)
        return ScenarioAnswer(scenario, result, compare(before, after))

    def attribute(self, changes: Sequence[Change]) -> Attribution:
        """Which of the changes causes what."""
        return attribute(self._base, changes, self.solved)

    def solved(self, problem: Problem) -> MatchResult:
        """The result of a round like this one; of the same round the same result."""
        known = self._known.get(problem.digest)
        if known is None:
            known = self._solve(problem, self._result)
            self._known[problem.digest] = known
        return known
