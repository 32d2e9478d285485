"""Questions about one stored result, answered without solving its round again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from models.domain.explanation import Alternative, CapacityWorth, WhyNot
from models.domain.leftover import UnmatchedReport, WhyUnmatched
from models.domain.problem import Problem
from models.domain.result import FairnessPrice, MatchResult, Role
from models.domain.why import Counterfactual, Ties, WhyPair
from solver.collection import left_alone_with
from solver.judge.price import COMPARED
from solver.limits import Limits
from solver.modes import mode_of
from solver.price_of_fairness import price_of_fairness
from solver.questions.alternatives import mentees_for, mentors_for
from solver.questions.anew import forced_anew
from solver.questions.by_hand import Override, choose_among_equals, override
from solver.questions.capacity import next_places
from solver.questions.counterfactual import Counterfactuals
from solver.questions.forcing import Forcing
from solver.questions.leftovers import WhyLeftOver
from solver.questions.options import Option
from solver.questions.recruits import recruits
from solver.questions.reopened import ReopenedResult
from solver.questions.residual import Residual
from solver.questions.solving import LEAST_SECONDS, solve_untied
from solver.questions.weights import NotANetworkError
from solver.questions.why import WhyPairs
from solver.questions.why_not import WhyNots
from solver.rulebook import Rules, choose_rules
from solver.search.clock import Clock
from solver.settled import settled_result
from solver.solve import solve_matching

SECONDS = 3.0
"""So long may a round be solved again for one answer, where the stored prices do not do."""


class Questions:
    """Answers questions about a result of a round; the residual network is made at the first.

    `seconds` is the time for another solve, where one is needed.
    """

    def __init__(self, problem: Problem, result: MatchResult, seconds: float = SECONDS) -> None:
        self._given = problem, result
        # A fairness level that was searched for is held while the others are asked about.
        self._problem, self._result = settled_result(problem, result)
        self._seconds = seconds

    @property
    def problem(self) -> Problem:
        """The round."""
        return self._given[0]

    @property
    def result(self) -> MatchResult:
        """Its result."""
        return self._given[1]

    @cached_property
    def rules(self) -> Rules:
        """The rules of the round's policy."""
        return choose_rules(self._problem.policy)

    @cached_property
    def forcing(self) -> Forcing | None:
        """The residual network; None where the result's prices alone do not prove it, or where
        answers have to be stable, which no network says."""
        mode = mode_of(self._problem.policy)
        if mode is not None and mode.is_stable:
            return None
        levels = self._result.certificate.levels
        try:
            found = Forcing(Residual(self._problem, self.rules, self._result.pairs, levels))
        except NotANetworkError:
            return None
        left_alone_with(self)
        return found

    @cached_property
    def reopened(self) -> ReopenedResult:
        """The process that answers where a large round has limits beyond the network."""
        return ReopenedResult(self._problem, self.rules, self._result)

    def why_not(self, mentor: str, mentee: str, *, verify: bool = False) -> WhyNot:
        """Why a mentor was not given a mentee; with `verify` the loss comes from another solve."""
        forcing, anew = (None, self._by_solving) if verify else (self.forcing, self._anew)
        asked = WhyNots(self._problem, self.rules, self._result, forcing, anew)
        return asked.ask(mentor, mentee)

    def mentors_for(self, mentee: str) -> list[Alternative] | None:
        """Every eligible mentor of a mentee, those that cost least first; KeyError for nobody.

        None where the result's prices alone do not prove it best.
        """
        return None if self.forcing is None else mentors_for(self.forcing, mentee)

    def mentees_for(self, mentor: str) -> list[Alternative] | None:
        """Every eligible mentee of a mentor, in the same way."""
        return None if self.forcing is None else mentees_for(self.forcing, mentor)

    def why(self, mentor: str, mentee: str) -> WhyPair | None:
        """Why two were paired, and what stood against it; None where they are not paired."""
        return self._why_pairs.ask(mentor, mentee)

    def options(self, reference: str, role: Role) -> list[Option]:
        """Everybody eligible for a mentor or a mentee of the round, most points first."""
        return self._why_pairs.options(reference, role)

    def ties(self, reference: str, role: Role) -> Ties:
        """Everybody with whom a mentor or a mentee of the round would be just as well paired."""
        return self._why_pairs.ties(reference, role)

    def tie_choice(self, mentor: str, mentee: str) -> MatchResult:
        """The result with a tied pair made, and recorded as a choice among equals.

        Raises `CannotBeChosenError` for any other pair.
        """
        return choose_among_equals(*self._given, self.why_not(mentor, mentee))

    def override(self, mentor: str, mentee: str) -> Override:
        """The round with the pair pinned, its result, and what that costs.

        Raises `CannotBeChosenError` where the pair cannot be forced.
        """
        return override(*self._given, self.why_not(mentor, mentee), self._solve)

    def counterfactual(self, mentor: str, mentee: str) -> Counterfactual:
        """The smallest change of one weight that puts a pair into some best answer.

        Every weight that is looked at is another solve, all of them within the time.
        """
        clock = Clock(self._seconds)

        def ask(problem: Problem, result: MatchResult) -> WhyNot:
            left = max(LEAST_SECONDS, clock.seconds_left())
            return Questions(problem, result, left).why_not(mentor, mentee)

        return Counterfactuals(
            self._problem,
            self._result,
            lambda problem: solve_untied(problem, clock),
            ask,
            clock.has_run_out,
        ).find(mentor, mentee)

    def fairness_price(self, modes: Sequence[str] = COMPARED) -> tuple[FairnessPrice, ...]:
        """What the result comes to beside the best under other modes.

        Each that the result does not tell of is another solve, all of them within the time; a
        mode that there is no time for is left out.
        """
        told = [price for price in self.result.price_of_fairness if price.mode in modes]
        if len(told) == len(modes):
            return tuple(told)
        return price_of_fairness(*self._given, Limits(seconds=self._seconds), modes)

    def capacity_worth(self) -> CapacityWorth | None:
        """The recruitment list; None where the result's prices alone do not prove it best."""
        if self.forcing is None:
            return None
        return CapacityWorth(
            next_places=tuple(next_places(self.forcing)), recruits=tuple(recruits(self.forcing))
        )

    def unmatched(self, reference: str | None = None) -> UnmatchedReport:
        """Why everybody is left over who is, what would help, and how scarce partners are.

        With a reference the same of one person alone.
        """
        if reference is None:
            return self._left_over.report()
        return self._left_over.report_of(reference)

    def why_unmatched(self, reference: str) -> tuple[WhyUnmatched, ...]:
        """The same of one person: an answer for each role in which they are left over."""
        return self._left_over.of(reference)

    @cached_property
    def _left_over(self) -> WhyLeftOver:
        return WhyLeftOver(self._problem, self.rules, self._result, self.forcing)

    @cached_property
    def _why_pairs(self) -> WhyPairs:
        given = self._problem, self.rules, self._result
        return WhyPairs(*given, self.forcing, self.why_not, self._solve)

    def _solve(self, problem: Problem) -> MatchResult:
        return solve_matching(problem, Limits(seconds=self._seconds))

    def _anew(self, mentor: str, mentee: str) -> WhyNot:
        """From the process that keeps a large round, or else by another solve."""
        found = self.reopened.force(mentor, mentee, self._seconds)
        return found or self._by_solving(mentor, mentee)

    def _by_solving(self, mentor: str, mentee: str) -> WhyNot:
        limits = Limits(seconds=self._seconds)
        return forced_anew(self._problem, self._result, mentor, mentee, limits)
