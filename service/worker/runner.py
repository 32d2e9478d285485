"""Runs are solved in the service's own process: so many at a time, the rest wait as rows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

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
from service.worker.solve import Solve
from service.worker.threads import in_daemon_thread
from solver.limits import Limits

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
        self._stopping = asyncio.Event()

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
            # Not cancelled: a statement that is on its way must come back to its connection.
            self._stopping.set()
            self._wake.set()
            await working

    async def _work(self) -> None:
        interrupted = await self._patiently(requeue_interrupted_runs)
        structlog.get_logger().info("worker started", runs=interrupted)
        async with asyncio.TaskGroup() as loops:
            for _ in range(self._settings.solves_at_once):
                loops.create_task(self._serve_queue())

    async def _serve_queue(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            claim = await self._patiently(claim_run)
            if claim is None:
                await self._wake.wait()
            else:
                await self._serve(claim)

    async def _patiently(self, ask: Callable[[AsyncSession], Awaitable[Answer]]) -> Answer | None:
        """What the database answers, however long it takes to come up or to come back."""
        while not self._stopping.is_set():
            try:
                async with self._database.across_programmes(writing=True) as session:
                    return await ask(session)
            except Exception as error:
                log_incident("queue not readable", error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), RETRY_AFTER)
        return None

    async def _serve(self, claim: Claim) -> None:
        try:
            result = await self._solved(claim)
            async with self._database.writing(claim.programme, "worker") as store:
                if result is None:
                    await give_back_run(store, claim.run)
                else:
                    await finish_run(store, claim.run, result)
        except Exception as error:
            await self._fail(claim, log_incident("run failed", error, run=str(claim.run.id)))

    async def _solved(self, claim: Claim) -> MatchResult | None:
        """The result, with progress stored meanwhile; None where the service is to stop first."""
        async with self._database.reading(claim.programme) as store:
            problem, warnings = await load_problem(store, claim.run)
        reports: list[Progress] = []
        limits = Limits(seconds=self._settings.time_limit, memory_mb=self._settings.memory_limit)
        solve = partial(self._solve, problem, limits, reports.append, issues=warnings)
        solving = in_daemon_thread(partial(_in_the_name_of, claim, solve))
        stopping = asyncio.create_task(self._stopping.wait())
        ends: set[asyncio.Future[Any]] = {solving, stopping}
        every = self._settings.progress_every
        while not solving.done() and not stopping.done():
            await asyncio.wait(ends, timeout=every, return_when=asyncio.FIRST_COMPLETED)
            await self._record(claim, reports)
        stopping.cancel()
        return solving.result() if solving.done() else None

    async def _record(self, claim: Claim, reports: list[Progress]) -> None:
        if not reports:
            return
        newest = reports[-1]
        reports.clear()
        try:
            async with self._database.writing(claim.programme, "worker") as store:
                await record_progress(store, claim.run, newest)
        except Exception as error:
            # Nothing is lost with it: the solve goes on, and the next report comes soon.
            log_incident("progress not stored", error, run=str(claim.run.id))

    async def _fail(self, claim: Claim, incident: str) -> None:
        failure = RunFailure(
            code="SOLVE_FAILED",
            message="The solve ended with an error of ours; nothing in the round is at fault.",
            incident=incident,
        )
        try:
            async with self._database.writing(claim.programme, "worker") as store:
                await fail_run(store, claim.run, failure)
        except Exception as error:
            # The run stays as it is and is queued again at the next start.
            log_incident("failure not stored", error, run=str(claim.run.id))


def _in_the_name_of(claim: Claim, solve: Callable[[], MatchResult]) -> MatchResult:
    """The result, with the run on every line of the log that the solve writes."""
    with structlog.contextvars.bound_contextvars(run=str(claim.run.id)):
        return solve()
