"""Where questions about finished runs are answered: what they need is made ready and kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar
from uuid import UUID

from models.domain.problem import Problem
from models.domain.result import MatchResult
from service.operations.runs import read_result, read_run
from service.storage import rounds
from service.storage.database import Database, Store
from service.threads import in_daemon_thread
from solver.questions.asking import Questions
from solver.questions.by_hand import with_overrides

Answer = TypeVar("Answer")

MOST_KEPT = 2
"""So many results stay ready; at 7,000 people each takes some hundreds of megabytes."""

AT_LENGTH = 2
"""So many questions are solved for at the same time; others wait for their turn."""


@dataclass(frozen=True)
class _Ready:
    """A result that can be asked about, one question at a time."""

    questions: Questions
    lock: Lock = field(default_factory=Lock)

    def ask(self, question: Callable[[Questions], Answer]) -> Answer:
        with self.lock:
            return question(self.questions)


class QuestionDesk:
    """Answers questions about results in threads of its own; other requests go on meanwhile.

    `seconds` is the longest that a round is solved again for one answer.
    """

    def __init__(self, database: Database, seconds: float) -> None:
        self._database, self._seconds = database, seconds
        self._kept = OrderedDict[UUID, _Ready]()
        self._turns = asyncio.Semaphore(AT_LENGTH)

    def about(self, programme: str, run_id: UUID) -> AboutRun:
        """What may be asked about a run of a programme."""
        return AboutRun(self, programme, run_id)

    async def ask(
        self, programme: str, run_id: UUID, question: Callable[[Questions], Answer]
    ) -> Answer:
        """The answer from what is kept ready. Raises `NoResult` where the run has no result."""
        ready = await self._ready(programme, run_id)
        return await asyncio.to_thread(ready.ask, question)

    async def ask_at_length(
        self, programme: str, run_id: UUID, question: Callable[[Questions], Answer]
    ) -> Answer:
        """The same for what takes solves of its own: nobody else's question waits for it."""
        async with self._database.reading(programme) as store:
            problem, result = await _asked_about(store, run_id)
        await self._turns.acquire()
        solving = in_daemon_thread(lambda: question(Questions(problem, result, self._seconds)))
        solving.add_done_callback(self._end_turn)
        # A caller who goes away ends no solve, so the turn is over with the solve, not before.
        return await asyncio.shield(solving)

    def _end_turn(self, solved: asyncio.Future[Answer]) -> None:
        self._turns.release()
        solved.exception()

    async def _ready(self, programme: str, run_id: UUID) -> _Ready:
        async with self._database.reading(programme) as store:
            # Read every time: what is kept may be another programme's.
            await read_run(store, run_id)
            ready = self._kept.get(run_id)
            if ready is None:
                problem, result = await _asked_about(store, run_id)
                ready = _Ready(Questions(problem, result, self._seconds))
        # Somebody else may have read it meanwhile; one of the two is kept.
        ready = self._kept.setdefault(run_id, ready)
        self._kept.move_to_end(run_id)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return ready


@dataclass(frozen=True)
class AboutRun:
    """A run of a programme, to ask questions about."""

    desk: QuestionDesk
    programme: str
    run_id: UUID

    async def ask(self, question: Callable[[Questions], Answer]) -> Answer:
        """The answer from what is kept ready. Raises `NoResult` where the run has no result."""
        return await self.desk.ask(self.programme, self.run_id, question)

    async def ask_at_length(self, question: Callable[[Questions], Answer]) -> Answer:
        """The same for what takes solves of its own: nobody else's question waits for it."""
        return await self.desk.ask_at_length(self.programme, self.run_id, question)


async def _asked_about(store: Store, run_id: UUID) -> tuple[Problem, MatchResult]:
    """A run's result with the round that it is of; overrides have pinned their pairs in it."""
    run = await read_run(store, run_id)
    result = await read_result(store, run_id)
    problem, _ = await rounds.problem_of(store, run.round_id, run.revision)
    return with_overrides(problem, result), result
