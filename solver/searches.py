"""The searches of one solve, each in a process of its own, all on one clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from types import TracebackType
from typing import Self

from models.domain.incumbent import Incumbent
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import Collision
from models.domain.stop import StopReason
from solver.best_known import BestKnown
from solver.groundwork import Groundwork
from solver.interruption import Interruption
from solver.limits import Limits
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import cells
from solver.search.messages import Done, Found, Start
from solver.search.outcome import Ended
from solver.search.process import SolverProcess

SPARE_SECONDS = 3.0
"""A solve takes at most so much longer than its limit, all that follows the search included."""

PAIR_SECONDS, CELL_SECONDS, GREEDY_SECONDS = 1.2e-4, 1.6e-8, 1.6e-8
"""What judging takes for each pair made and for each cell looked at, and a greedy answer for each
cell, generously: measured at 7,000 and 21,000 people."""

LIMIT_SECONDS = 3e-8
"""What judging takes more for each cell where a limit is no part of the network: to tell who is
left over for its sake, and what an open level's prices prove with it."""

STAGED_SECONDS = 5e-8
"""What a round with a searched level takes more for each cell, after its last search."""

OnProgress = Callable[[Progress], None]
OnEnded = Callable[[Ended], None]
OnIncumbent = Callable[[Incumbent], None]
Enough = Callable[[BestKnown], bool]


@dataclass(frozen=True)
class Searched:
    """What a search came to: its best answer, what ended it early, and a proved conflict.

    `groundwork` is what was asked to be prepared beside it.
    """

    best: BestKnown
    versions: dict[str, str]
    stopped_by: StopReason | None = None
    conflict: Collision | None = None
    groundwork: Groundwork | None = None


class Searches:
    """Runs one search after another within the limits of a solve; a context manager.

    `first` is a process that was started beforehand. With `ahead`, the next one is always
    started while the last is at work. After `staged` searches there is more to be put together.
    `on_ended` is told how each process ended by itself. After an `interruption` no search goes on.
    """

    def __init__(
        self,
        limits: Limits,
        first: SolverProcess | None = None,
        ahead: bool = False,
        staged: bool = False,
        on_progress: OnProgress = lambda progress: None,
        on_ended: OnEnded = lambda ended: None,
        interruption: Interruption | None = None,
    ) -> None:
        self._started = time.monotonic()
        self._limits = limits
        self._next = first
        self._ahead = ahead
        self._cell_seconds = CELL_SECONDS + (STAGED_SECONDS if staged else 0)
        self._on_progress = on_progress
        self._on_ended = on_ended
        self._interruption = interruption or Interruption()
        self._processes = ExitStack()

    def __enter__(self) -> Self:
        self._next = self._processes.enter_context(self._next or SolverProcess())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._processes.close()

    @property
    def elapsed(self) -> float:
        """Seconds since the solve began."""
        return time.monotonic() - self._started

    def has_time(self, share: float = 1.0) -> bool:
        """Whether that share of the time limit has not passed yet, and nobody wants an end."""
        return not self._interruption.asked and self.elapsed < share * self._limits.seconds

    def tell(self, stage: str, level: str | None = None, **figures: int) -> None:
        """Reports progress."""
        self._on_progress(Progress(stage=stage, level=level, elapsed=self.elapsed, **figures))

    def __call__(
        self,
        problem: Problem,
        share: float = 1.0,
        enough: Enough | None = None,
        prepare: Callable[[], Groundwork] | None = None,
        known: Start | None = None,
        incumbent: Incumbent | None = None,
        on_incumbent: OnIncumbent = lambda incumbent: None,
    ) -> Searched:
        """Searches for an answer until that share of the time limit has passed.

        It is ended as soon as what is known is `enough`. `prepare` makes what the result will
        need, which is advanced while the search is at work; the progress of a search for which
        nothing is prepared is nobody's concern. `known` is what is known of a round like it,
        `incumbent` the best answer of an earlier search of this one; `on_incumbent` is told every
        better one.
        """
        best, versions = BestKnown(problem, incumbent), {"pairwell": version("pairwell")}
        if self._interruption.asked:
            return Searched(best, versions, "requested")
        seconds = share * self._limits.seconds - self.elapsed
        if seconds <= 0:
            return Searched(best, versions, "time_limit")
        search = self._process()
        search.ask(problem, self._limits.model_copy(update={"seconds": seconds}), known)
        self._interruption.tell(search.stop)
        groundwork = prepare() if prepare else None
        last_told, last_untold = self._last_moments(problem)
        search.end_by(self._started + last_untold)
        ended = Ended(None)
        conflict: Collision | None = None
        for message in search.answers():
            if isinstance(message, Found):
                best.take(message)
                search.end_by(self._started + last_told)
                if enough is not None and enough(best):
                    search.kill()
                    break
                if groundwork and self._is_worth_expecting(message, problem):
                    groundwork.expect(best.pairs)
                if message.values:
                    on_incumbent(best.incumbent)
                if prepare is not None:
                    self._on_progress(best.progress(message, self.elapsed))
            elif isinstance(message, Done):
                versions |= message.versions
                conflict = message.conflict
                if message.stopped_by is None:
                    best.settle()
            elif isinstance(message, Ended):
                ended = message
            while groundwork and not search.has_news() and groundwork.advance():
                pass
        self._on_ended(ended)
        return Searched(best, versions, ended.reason, conflict, groundwork)

    def _process(self) -> SolverProcess:
        """The next process. It ends by itself; nobody has to wait for that before the last."""
        process = self._next or self._processes.enter_context(SolverProcess())
        self._next = self._processes.enter_context(SolverProcess()) if self._ahead else None
        return process

    def _is_worth_expecting(self, message: Found, problem: Problem) -> bool:
        """Answers of the first level are mostly far from the last one."""
        out_of_time = self.elapsed > self._limits.seconds
        return message.level != problem.policy.levels[0] or out_of_time

    def _last_moments(self, problem: Problem) -> tuple[float, float]:
        """When a search has to be over, in seconds, if it has told an answer, and if it has not.

        What is still to be done afterwards is to fit into the spare seconds. Half of the time
        before the limit is the search's own; the rest it has where that is not needed afterwards.
        """
        rules = choose_rules(problem.policy)
        limit, looked_at = self._limits.seconds, cells(problem, rules)
        places = sum(mentor.mentoring.capacity for mentor in problem.mentors)
        wanted = sum(mentee.learning.wants for mentee in problem.mentees)
        limited = any(rule.limit(problem).shape == "group" for rule in rules.constraints)
        each = self._cell_seconds + (LIMIT_SECONDS if limited else 0)
        judging = PAIR_SECONDS * min(places, wanted) + each * looked_at
        told = limit + SPARE_SECONDS - judging
        untold = told - GREEDY_SECONDS * looked_at
        return max(limit / 2, told), max(limit / 2, untold)
