"""What forcing a pair costs where limits beyond the network bind: from the stored prices.

A process keeps the round and what its result proves, and is asked for one pin after another.
What it finds is put to the audit here; the proof of the last level is the engine's, as it is of
the result itself.
"""

from __future__ import annotations

import weakref

from models.domain.explanation import WhyNot
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.best_known import BestKnown
from solver.judge.audit import Audit, audit
from solver.judge.facts import PairFacts, points_of
from solver.levels import TIE_RULE
from solver.limits import Limits
from solver.questions.anew import Forced, verdict_of, with_pin
from solver.rulebook import Rules
from solver.search.clock import Clock
from solver.search.find import may_be_wide
from solver.search.messages import Done, Found, Reopened, Stand
from solver.search.outcome import Ended
from solver.search.process import SolverProcess
from solver.solve import known_of

TELLING_SECONDS = 0.7
"""What is left of the time for an answer when its search has to end: the audit, and the words."""

OPENING = Limits(seconds=60.0)
"""So long may it take to make a round ready for questions, once for all of them."""


class ReopenedResult:
    """A result of a large round with further limits, asked what forcing a pair would cost.

    The process is started at the first question and ends with this object, or when it is closed.
    One that ended, for whatever reason, is started anew for the next question.
    """

    def __init__(self, problem: Problem, rules: Rules, result: MatchResult) -> None:
        self._problem, self._rules, self._result = problem, rules, result
        self._facts = PairFacts(problem, rules)
        self._process: SolverProcess | None = None
        self._ready = False
        self._possible = may_be_wide(problem, rules)

    def make_ready(self) -> bool:
        """Waits until the round can be asked about; false where it cannot be."""
        if self._possible and self._process is None:
            self._process = self._opened()
        if self._process is not None and not self._ready:
            told = [told for told in self._process.answers() if isinstance(told, Reopened)]
            self._ready = self._possible = bool(told) and told[0].possible
            if not self._ready:
                self.close()
        return self._ready

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.kill()
        self._process, self._ready = None, False

    def force(self, mentor: str, mentee: str, seconds: float) -> WhyNot | None:
        """The verdict on an eligible pair that is not made; None where this cannot tell.

        What is not proved in the time given is `unknown`, with an interval for each level.
        """
        if not self.make_ready() or self._process is None:
            return None
        pinned, pair = with_pin(self._problem, mentor, mentee), Pair(mentor=mentor, mentee=mentee)
        best, stands = BestKnown(pinned), list[Stand]()
        clock = Clock(seconds)
        self._process.pin(pair, max(seconds / 2, seconds - TELLING_SECONDS))
        for told in self._process.answers():
            if isinstance(told, Found):
                best.take(told)
            elif isinstance(told, Done):
                stands = told.stands
            elif isinstance(told, Ended) and told.reason is not None:
                self._begin_again()
        if best.is_told:
            found = audit(pinned, self._rules, best.pairs, self._facts)
            return self._told(pair, best, found) if found.accepted else None
        # Where time is left, another solve may find out that there is no answer.
        bounds = [Forced(s.name, None, s.bound, False) for s in stands if s.name != TIE_RULE]
        return (
            verdict_of(self._problem, self._result, pair, bounds) if clock.has_run_out() else None
        )

    def _opened(self) -> SolverProcess:
        process = SolverProcess()
        weakref.finalize(self, process.kill)
        process.reopen(self._problem, OPENING, known_of(self._result))
        return process

    def _begin_again(self) -> None:
        """Another process makes itself ready while nobody waits for it."""
        self.close()
        self._process = self._opened()

    def _told(self, pair: Pair, best: BestKnown, found: Audit) -> WhyNot:
        people = self._problem.by_reference
        points = points_of(self._problem, self._rules, people[pair.mentor], people[pair.mentee])
        forced = [
            Forced(stand.name, found.values[stand.name], stand.bound, _is_proved(stand, found))
            for stand in best.stands
            if stand.name != TIE_RULE
        ]
        made = {
            (made.mentor, made.mentee): worth
            for made, worth in zip(best.pairs, found.points, strict=True)
        }
        told = verdict_of(self._problem, self._result, pair, forced, made)
        return told.model_copy(update={"points": points})


def _is_proved(stand: Stand, found: Audit) -> bool:
    """Whether the engine closed the level's gap, or the prices leave none."""
    return stand.solved or stand.bound == found.values[stand.name]
