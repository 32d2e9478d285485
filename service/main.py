"""The service put together: the HTTP door with a worker behind it, or a worker alone."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from threading import Event

from litestar import Litestar
from litestar.types import ASGIApp

from service.api.app import create_app
from service.api.broken_answers import BrokenAnswers
from service.api.metrics import measuring
from service.logs import configure_logs
from service.outbound.guard import Guard, guard_of
from service.outbound.sender import Sender
from service.production import require_safe
from service.security.audit_key import audit_key
from service.settings import Settings
from service.storage.database import Database
from service.tracing import start_tracing, stop_tracing
from service.worker.anchors import anchoring
from service.worker.postman import Postman
from service.worker.runner import Runner
from service.worker.solve import Solve, logged_solve


def create_service(
    settings: Settings | None = None,
    solve: Solve = logged_solve,
    closing: Event | None = None,
) -> Litestar:
    """The whole service as one ASGI application; without settings it reads the environment.

    Runs are solved in the same process, unless the settings leave that to `pairwell worker`.
    `closing` is set by whoever ends the server: requests that wait for a result wait no longer.

    The database must be up to date (`upgrade_database`); until it is, `/health/ready` says
    that the service cannot work.
    """
    settings = settings or Settings()
    require_safe(settings, "service", os.environ)
    configure_logs()
    if settings.tracing:
        start_tracing()
    database = Database(
        settings.database_url, audit_key(settings), unfinished_runs=settings.unfinished_runs
    )
    runner, guard = Runner(database, settings, solve), guard_of(settings)

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        try:
            async with AsyncExitStack() as working:
                if settings.with_worker:
                    await working.enter_async_context(_working(database, settings, runner, guard))
                await working.enter_async_context(anchoring(database, settings))
                await working.enter_async_context(measuring(database, settings))
                yield
        finally:
            await database.close()
            stop_tracing()

    return create_app(settings, database, runner, guard, lifespan, closing or Event())


def create_application(settings: Settings, closing: Event) -> ASGIApp:
    """The service as a web server runs it: with its very last faults caught."""
    return BrokenAnswers(create_service(settings, closing=closing))


def work_until_stopped(settings: Settings, solve: Solve = logged_solve) -> None:
    """A worker in a process of its own, until SIGTERM or SIGINT; it gives back what it holds."""
    require_safe(settings, "worker", os.environ)
    configure_logs()
    if settings.tracing:
        start_tracing()
    asyncio.run(_work_until_stopped(settings, solve))
    stop_tracing()


async def _work_until_stopped(settings: Settings, solve: Solve) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    database = Database(settings.database_url, audit_key(settings))
    runner = Runner(database, settings, solve)
    try:
        async with (
            _working(database, settings, runner, guard_of(settings)),
            measuring(database, settings),
        ):
            await stopped.wait()
    finally:
        await database.close()


@asynccontextmanager
async def _working(
    database: Database, settings: Settings, runner: Runner, guard: Guard
) -> AsyncIterator[None]:
    """Runs are solved, and webhooks sent to."""
    sender = Sender(guard, settings.webhook_timeout)
    async with runner.running(), Postman(database, settings, sender.post).running():
        yield
