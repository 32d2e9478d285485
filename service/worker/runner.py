"""A worker: takes up queued runs, programme by programme in turn, and those of dead workers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic
from uuid import UUID

import structlog

from models.domain.run import SignOfLife
from service.failpoints import failpoint
from service.metrics import RUNS_TAKEN_BACK
from service.operations.recovery import Watch, signs_of_life, take_back_run
from service.operations.work import Claim, claim_run
from service.settings import Settings
from service.storage.database import Database
from service.worker.errand import RunInHand
from service.worker.patience import patiently
from service.worker.solve import Solve

WIND_DOWN_SECONDS = 5.0
"""How long the end of a worker may take. What is not given back by then is noticed later."""


class Runner:
    """Solves so many runs at a time, in this process or beside others on the same database."""

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
            await asyncio.wait({working}, timeout=WIND_DOWN_SECONDS)

    async def _work(self) -> None:
        structlog.get_logger().info("worker started")
        async with asyncio.TaskGroup() as loops:
            loops.create_task(self._watch_over_others())
            for _ in range(self._settings.solves_at_once):
                loops.create_task(self._serve_queue())

    async def _serve_queue(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            claim = await patiently(self._claim, "queue not readable", self._stopping)
            if claim is None:
                await _either(self._wake, self._settings.poll_every)
            else:
                taken = {"run": str(claim.run.id), "attempt": claim.run.attempt}
                structlog.get_logger().info("run claimed", **taken)
                failpoint("after_claim")
                run = RunInHand(self._database, self._settings, self._solve, claim, self._stopping)
                await run.serve()

    async def _claim(self) -> Claim | None:
        async with self._database.across_programmes(writing=True) as session:
            return await claim_run(session)

    async def _watch_over_others(self) -> None:
        """Takes runs back that have been silent for a lease: their worker died or hangs."""
        watch = Watch[SignOfLife](self._settings.lease, monotonic)
        while not self._stopping.is_set():
            signs = await patiently(self._signs, "queue not readable", self._stopping)
            for last in watch.silent(signs or ()):
                await self._take_back(last)
            await _either(self._stopping, self._settings.lease / 6)

    async def _signs(self) -> list[SignOfLife]:
        async with self._database.across_programmes(writing=False) as session:
            return await signs_of_life(session)

    async def _take_back(self, last: SignOfLife) -> None:
        async def take_back() -> bool:
            async with self._database.writing(last.programme, "worker") as store:
                return await take_back_run(store, last, self._settings.automatic_retries)

        if await patiently(take_back, "run not taken back", self._stopping):
            RUNS_TAKEN_BACK.inc()
            structlog.get_logger().warning(
                "run taken back", run=str(last.run_id), attempt=last.attempt
            )
            self._wake.set()


async def _either(event: asyncio.Event, seconds: float) -> None:
    """Waits for the event, and no longer than so many seconds."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
