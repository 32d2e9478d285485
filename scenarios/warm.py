"""A solved round held in memory, from which small changes are answered without a search."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.warm.solved_round import SolvedRound
from solver.warm.sums import NoSumError


class WarmSolve:
    """Solves rounds like the one held; whatever it cannot tell from that, `otherwise` solves.

    Making it ready takes about as long as a solve, and is worth that to whoever asks again. It may
    be asked in place of any other way of solving a round that begins with a result.
    """

    def __init__(
        self,
        problem: Problem,
        result: MatchResult,
        otherwise: Callable[[Problem, MatchResult], MatchResult],
    ) -> None:
        self._otherwise = otherwise
        self._held: SolvedRound | None = None
        with suppress(NoSumError):
            self._held = SolvedRound(problem, result)

    @property
    def is_warm(self) -> bool:
        """Whether the round held is a network whose prices prove its result."""
        return self._held is not None

    def __call__(self, problem: Problem, start: MatchResult) -> MatchResult:
        """The audited and certified result of a round like the one held."""
        told = self._held.answer(problem) if self._held else None
        return told or self._otherwise(problem, start)
