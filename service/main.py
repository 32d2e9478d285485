"""The service put together: the HTTP door, and the worker that solves in the same process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar

from service.api.app import create_app
from service.logs import configure_logs
from service.security.audit_key import audit_key
from service.settings import Settings
from service.storage.database import Database
from service.worker.anchors import anchoring
from service.worker.runner import InProcessRunner
from service.worker.solve import Solve, logged_solve


def create_service(settings: Settings | None = None, solve: Solve = logged_solve) -> Litestar:
    """The whole service as one ASGI application; without settings it reads the environment.

    The database must be up to date (`upgrade_database`); until it is, `/health/ready` says
    that the service cannot work.
    """
    settings = settings or Settings()
    configure_logs()
    database = Database(settings.database_url, audit_key(settings))
    runner = InProcessRunner(database, settings, solve)

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        try:
            async with runner.running(), anchoring(database, settings):
                yield
        finally:
            await database.close()

    return create_app(settings, database, runner, lifespan)
