"""One claimed run, from its problem to its result, with a sign of life every moment between."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from time import monotonic
from typing import Any

import structlog

from models.domain.incumbent import Incumbent
from models.domain.progress import Progress
from models.domain.result import MatchResult, RunStatus
from models.domain.run import RunFailure
from service.failpoints import failpoint
from service.logs import log_incident
from service.metrics import CLAIMS_LOST, INCUMBENTS, RUNS, WATCHDOG_KILLS
from service.operations.work import (
    Claim,
    Errand,
    Hold,
    fail_run,
    finish_run,
    give_back_run,
    load_errand,
    report_run,
)
from service.settings import Settings
from service.storage.database import Database
from service.threads import in_daemon_thread
from service.tracing import span
from service.worker.patience import patiently
from service.worker.solve import Solve
from solver.interruption import Interruption
from solver.limits import Limits

RELEASE_SECONDS = 5.0
"""How long a solve that nobody wants any more is waited for. Its search is over in a moment."""


class LetGo(Exception):  # noqa: N818 - an event, not a fault
    """The run is not this worker's any more: what follows the search is not worth its time."""


class Hung(Exception):  # noqa: N818 - an event, not a fault
    """A solve that is still not over so long after its time limit."""


class RunInHand:
    """A run that this worker has claimed, until it is finished, lost or given back."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        solve: Solve,
        claim: Claim,
        stopping: asyncio.Event,
    ) -> None:
        self._database, self._settings, self._solve = database, settings, solve
        self._claim, self._stopping = claim, stopping
        self._interruption = Interruption()
        self._begun = monotonic()
        self._let_go = False
        self._progress: Progress | None = None
        self._incumbent: Incumbent | None = None

    async def serve(self) -> None:
        """Solve the run and store what comes of it; nothing is raised."""
        with span("run", run=str(self._claim.run.id), attempt=self._claim.run.attempt):
            await self._serve()

    async def _serve(self) -> None:
        try:
            async with self._database.reading(self._claim.programme) as store:
                errand = await load_errand(store, self._claim.run)
        except Exception as error:
            # It is in nobody's hand then, and taken up again once its silence is noticed.
            log_incident("run not readable", error, run=str(self._claim.run.id))
            return
        try:
            with span("solve"):
                result = await self._solved(errand)
            if result is not None:
                await self._store(result.run.status, partial(finish_run, result=result))
        except LetGo:
            CLAIMS_LOST.inc()
            structlog.get_logger().info("run let go", run=str(self._claim.run.id))
        except Exception as error:
            await self._store("failed", partial(fail_run, failure=self._failure(error)))

    async def _solved(self, errand: Errand) -> MatchResult | None:
        """The result; None where the run was given back, because the worker is to stop."""
        failpoint("before_model_build")
        solving = in_daemon_thread(partial(self._solve_in_thread, errand))
        await self._attend(solving)
        if solving.done():
            return solving.result()
        self._release()
        await self._give_back()
        return None

    async def _attend(self, solving: asyncio.Future[MatchResult]) -> None:
        """Reports until the solve is over or the worker is to stop.

        Raises `LetGo` for a run that is lost, and `Hung` for a solve that does not end.
        """
        # Whoever has let go does not ask what became of it, and nobody else need.
        solving.add_done_callback(lambda over: over.exception())
        latest = monotonic() + self._settings.time_limit + self._settings.overrun
        stopping = asyncio.create_task(self._stopping.wait())
        ends: set[asyncio.Future[Any]] = {solving, stopping}
        try:
            while not solving.done() and not stopping.done():
                await asyncio.wait(ends, timeout=self._tick, return_when=asyncio.FIRST_COMPLETED)
                if not solving.done():
                    self._obey(await self._report())
                if self._let_go:
                    await asyncio.wait({solving}, timeout=RELEASE_SECONDS)
                    raise LetGo
                if monotonic() > latest and not solving.done():
                    WATCHDOG_KILLS.inc()
                    self._release()
                    raise Hung
        finally:
            stopping.cancel()

    def _solve_in_thread(self, errand: Errand) -> MatchResult:
        """The result, with the run on every line of the log that the solve writes."""
        limits = Limits(seconds=self._settings.time_limit, memory_mb=self._settings.memory_limit)
        with structlog.contextvars.bound_contextvars(run=str(self._claim.run.id)):
            result = self._solve(
                errand.problem,
                limits,
                self._take_progress,
                issues=errand.warnings,
                known=errand.known,
                on_incumbent=self._take_incumbent,
                interruption=self._interruption,
            )
        failpoint("after_result")
        return result

    def _take_progress(self, progress: Progress) -> None:
        if self._let_go:
            raise LetGo
        self._progress = progress

    def _take_incumbent(self, incumbent: Incumbent) -> None:
        self._incumbent = incumbent
        INCUMBENTS.inc()
        failpoint("mid_solve")

    @property
    def _tick(self) -> float:
        """How often the worker gives a sign of life: several times in each lease."""
        return min(self._settings.progress_every, self._settings.lease / 4)

    async def _report(self) -> Hold:
        progress, self._progress = self._progress, None
        incumbent, self._incumbent = self._incumbent, None
        try:
            async with self._database.writing(self._claim.programme, "worker") as store:
                return await report_run(store, self._claim.run, progress, incumbent)
        except Exception as error:
            # Nothing is lost with it: the solve goes on, and the next report comes soon.
            self._incumbent = self._incumbent or incumbent
            log_incident("progress not stored", error, run=str(self._claim.run.id))
            return "held"

    def _obey(self, hold: Hold) -> None:
        if hold == "stop_asked":
            self._interruption.ask()
        elif hold == "lost":
            self._release()

    def _release(self) -> None:
        """Ends the search at once; what is found of it by then is thrown away."""
        self._let_go = True
        self._interruption.ask()

    async def _give_back(self) -> None:
        await self._report()
        try:
            async with self._database.writing(self._claim.programme, "worker") as store:
                await give_back_run(store, self._claim.run)
        except Exception as error:
            # It is taken up again all the same, once somebody notices its silence.
            log_incident("run not given back", error, run=str(self._claim.run.id))

    async def _store(self, status: RunStatus, write: Callable[..., Awaitable[bool]]) -> None:
        """Store how the run ended, however long the database takes; what was computed is held."""

        async def stored() -> bool:
            async with self._database.writing(self._claim.programme, "worker") as store:
                ours = await write(store, self._claim.run)
                failpoint("before_commit")
            failpoint("after_commit")
            return ours

        run = str(self._claim.run.id)
        with span("store", status=status):
            ours = await patiently(stored, "end not stored", self._stopping, run=run)
        if ours is False:
            CLAIMS_LOST.inc()
            structlog.get_logger().info("run let go", run=run)
        elif ours:
            RUNS.labels(status).observe(monotonic() - self._begun)
            structlog.get_logger().info("run ended", run=run, status=status)

    def _failure(self, error: Exception) -> RunFailure:
        hung = isinstance(error, Hung)
        return RunFailure(
            code="SOLVE_HUNG" if hung else "SOLVE_FAILED",
            message=(
                "The solve did not come to its end long after its time limit, and was given up."
                if hung
                else "The solve ended with an error of ours; nothing in the round is at fault."
            ),
            incident=log_incident(
                "solve hung" if hung else "run failed", error, run=str(self._claim.run.id)
            ),
        )
