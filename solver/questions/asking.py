"""Questions about one stored result, answered without solving its round again."""

from __future__ import annotations

from functools import cached_property

from models.domain.explanation import CapacityWorth, WhyNot
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.limits import Limits
from solver.modes import mode_of
from solver.questions.anew import forced_anew
from solver.questions.capacity import next_places
from solver.questions.forcing import Forcing
from solver.questions.recruits import recruits
from solver.questions.residual import Residual
from solver.questions.weights import NotANetworkError
from solver.questions.why_not import WhyNots
from solver.rulebook import choose_rules
from solver.settled import settled_result

SECONDS = 3.0
"""So long may a round be solved again for one answer, where the stored prices do not do."""


class Questions:
    """Answers questions about a result of a round; the residual network is made at the first.

    `seconds` is the time for another solve, where one is needed.
    """

    def __init__(self, problem: Problem, result: MatchResult, seconds: float = SECONDS) -> None:
        # A fairness level that was searched for is held while the others are asked about.
        self._problem, self._result = settled_result(problem, result)
        self._seconds = seconds

    @cached_property
    def forcing(self) -> Forcing | None:
        """The residual network; None where the result's prices alone do not prove it, or where
        answers have to be stable, which no network says."""
        mode = mode_of(self._problem.policy)
        if mode is not None and mode.is_stable:
            return None
        pairs = [Pair(mentor=a.mentor, mentee=a.mentee) for a in self._result.assignments]
        rules, levels = choose_rules(self._problem.policy), self._result.certificate.levels
        try:
            return Forcing(Residual(self._problem, rules, pairs, levels))
        except NotANetworkError:
            return None

    def why_not(self, mentor: str, mentee: str, *, verify: bool = False) -> WhyNot:
        """Why a mentor was not given a mentee; with `verify` the loss comes from another solve."""
        rules = choose_rules(self._problem.policy)
        forcing = None if verify else self.forcing
        asked = WhyNots(self._problem, rules, self._result, forcing, self._anew)
        return asked.ask(mentor, mentee)

    def capacity_worth(self) -> CapacityWorth | None:
        """The recruitment list; None where the result's prices alone do not prove it best."""
        if self.forcing is None:
            return None
        return CapacityWorth(
            next_places=tuple(next_places(self.forcing)), recruits=tuple(recruits(self.forcing))
        )

    def _anew(self, mentor: str, mentee: str) -> WhyNot:
        limits = Limits(seconds=self._seconds)
        return forced_anew(self._problem, self._result, mentor, mentee, limits)
