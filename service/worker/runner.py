"""Runs are solved in the service's own process: so many at a time, the rest wait as rows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import MatchResult
from models.domain.run import RunFailure
from service.logs import log_incident
from service.operations.work import (
    Claim,
    claim_run,
    fail_run,
    finish_run,
    give_back_run,
    load_problem,
    record_progress,
    requeue_interrupted_runs,
)
from service.settings import Settings
from service.storage.database import Database
from service.worker.threads import in_daemon_thread
from solver.limits import Limits


class Solve(Protocol):
    """A solve that blocks until it is done, such as `solver.solve.solve_matching`."""

    def __call__(
        self,
        problem: Problem,
        limits: Limits,
        on_progress: Callable[[Progress], None],
        *,
        issues: tuple[Issue, ...],
    ) -> MatchResult:
        """The result of a problem; it repeats the issues."""


Answer = TypeVar("Answer")

RETRY_AFTER = 5.0
"""How long a worker leaves a database alone that did not answer, in seconds."""


class InProcessRunner:
    """Takes up queued runs in the order of their waiting and solves them, one a loop."""

    def __init__(self, database: Database, settings: Settings, solve: Solve) -> None:
        self._database = database
        self._settings = settings
        self._solve = solve
        self._wake = asyncio.Event()

    async def announce(self, run_id: UUID) -> None:
        """Wake the loops; which run it is they read from the queue."""
        self._wake.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work while the block lasts; runs that are unfinished at its end are queued again."""
        working = asyncio.create_task(self._work())
        try:
            yield
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    async def _work(self) -> None:
        interrupted = await self._patiently(requeue_interrupted_runs)
        structlog.get_logger().info("worker started", runs=interrupted)
        async with asyncio.TaskGroup() as loops:
            for _ in range(self._settings.solves_at_once):
                loops.create_task(self._serve_queue())

    async def _serve_queue(self) -> None:
        while True:
            self._wake.clear()
            claim = await self._patiently(claim_run)
            if claim is None:
                await self._wake.wait()
            else:
                await self._serve(claim)

    async def _patiently(self, ask: Callable[[AsyncSession], Awaitable[Answer]]) -> Answer:
        """What the database answers, however long it takes to come up or to come back."""
        while True:
            try:
                async with self._database.across_programmes(writing=True) as session:
                    return await ask(session)
            except Exception as error:
                log_incident("queue not readable", error)
                await asyncio.sleep(RETRY_AFTER)

    async def _serve(self, claim: Claim) -> None:
        try:
            result = await self._solved(claim)
            if result is not None:
                async with self._database.writing(claim.programme) as store:
                    await finish_run(store, claim.run, result)
        except asyncio.CancelledError:
            async with self._database.writing(claim.programme) as store:
                await give_back_run(store, claim.run)
            raise
        except Exception as error:
            await self._fail(claim, log_incident("run failed", error, run=str(claim.run.id)))

    async def _solved(self, claim: Claim) -> MatchResult | None:
        """The result, with progress stored meanwhile; None where another worker has the run."""
        async with self._database.reading(claim.programme) as store:
            problem, warnings = await load_problem(store, claim.run)
        reports: list[Progress] = []
        limits = Limits(seconds=self._settings.time_limit, memory_mb=self._settings.memory_limit)
        solving = in_daemon_thread(
            partial(self._solve, problem, limits, reports.append, issues=warnings)
        )
        while True:
            await asyncio.wait({solving}, timeout=self._settings.progress_every)
            if solving.done():
                return solving.result()
            if reports:
                newest = reports[-1]
                reports.clear()
                async with self._database.writing(claim.programme) as store:
                    if not await record_progress(store, claim.run, newest):
                        return None

    async def _fail(self, claim: Claim, incident: str) -> None:
        failure = RunFailure(
            code="SOLVE_FAILED",
            message="The solve ended with an error of ours; nothing in the round is at fault.",
            incident=incident,
        )
        try:
            async with self._database.writing(claim.programme) as store:
                await fail_run(store, claim.run, failure)
        except Exception as error:
            # The run stays as it is and is queued again at the next start.
            log_incident("failure not stored", error, run=str(claim.run.id))
