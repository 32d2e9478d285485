"""Questions about one stored result, answered without solving its round again."""

from __future__ import annotations

from functools import cached_property

from models.domain.explanation import Alternative, CapacityWorth, WhyNot
from models.domain.leftover import UnmatchedReport, WhyUnmatched
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.limits import Limits
from solver.questions.alternatives import mentees_for, mentors_for
from solver.questions.anew import forced_anew
from solver.questions.capacity import next_places
from solver.questions.forcing import Forcing
from solver.questions.leftovers import WhyLeftOver
from solver.questions.recruits import recruits
from solver.questions.residual import Residual
from solver.questions.weights import NotANetworkError
from solver.questions.why_not import WhyNots
from solver.rulebook import Rules, choose_rules
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
    def rules(self) -> Rules:
        """The rules of the round's policy."""
        return choose_rules(self._problem.policy)

    @cached_property
    def forcing(self) -> Forcing | None:
        """The residual network; None where the result's prices alone do not prove it."""
        levels = self._result.certificate.levels
        try:
            return Forcing(Residual(self._problem, self.rules, self._result.pairs, levels))
        except NotANetworkError:
            return None

    def why_not(self, mentor: str, mentee: str, *, verify: bool = False) -> WhyNot:
        """Why a mentor was not given a mentee; with `verify` the loss comes from another solve."""
        forcing = None if verify else self.forcing
        asked = WhyNots(self._problem, self.rules, self._result, forcing, self._anew)
        return asked.ask(mentor, mentee)

    def mentors_for(self, mentee: str) -> list[Alternative] | None:
        """Every eligible mentor of a mentee, those that cost least first; KeyError for nobody.

        None where the result's prices alone do not prove it best.
        """
        return None if self.forcing is None else mentors_for(self.forcing, mentee)

    def mentees_for(self, mentor: str) -> list[Alternative] | None:
        """Every eligible mentee of a mentor, in the same way."""
        return None if self.forcing is None else mentees_for(self.forcing, mentor)

    def capacity_worth(self) -> CapacityWorth | None:
        """The recruitment list; None where the result's prices alone do not prove it best."""
        if self.forcing is None:
            return None
        return CapacityWorth(
            next_places=tuple(next_places(self.forcing)), recruits=tuple(recruits(self.forcing))
        )

    def unmatched(self) -> UnmatchedReport:
        """Why everybody is left over who is, what would help, and how scarce partners are."""
        return self._left_over.report()

    def why_unmatched(self, reference: str) -> tuple[WhyUnmatched, ...]:
        """The same of one person: an answer for each role in which they are left over."""
        return self._left_over.of(reference)

    @cached_property
    def _left_over(self) -> WhyLeftOver:
        return WhyLeftOver(self._problem, self.rules, self._result, self.forcing)

    def _anew(self, mentor: str, mentee: str) -> WhyNot:
        limits = Limits(seconds=self._seconds)
        return forced_anew(self._problem, self._result, mentor, mentee, limits)
