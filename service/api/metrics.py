"""`/metrics` for Prometheus, on a port of its own that no caller of the service can reach."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any, get_args

import structlog
import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from models.domain.result import RunStatus
from service.errors import DatabaseUnavailable
from service.logs import log_incident
from service.metrics import (
    DATABASE_UP,
    DELIVERIES_AGE,
    DELIVERIES_WAITING,
    QUEUE_AGE,
    QUEUE_LENGTH,
    REGISTRY,
    RUNS_QUARANTINED,
    RUNS_STORED,
    WEBHOOKS_FAILING,
)
from service.operations.deliveries import read_delivery_figures
from service.operations.recovery import read_queue_figures
from service.settings import Settings
from service.storage.database import Database

ANSWERED_WITHIN = 2.0
"""How long the database is waited for; the other figures are told without it."""


@asynccontextmanager
async def measuring(database: Database, settings: Settings) -> AsyncIterator[None]:
    """Serve `/metrics` while the block lasts, where the settings name a port for it."""
    if settings.metrics_port is None:
        yield
        return
    try:
        listening = socket.create_server((settings.metrics_host, settings.metrics_port))
    except OSError as error:
        log_incident("port of the metrics not free", error, port=settings.metrics_port)
        raise
    server = _Guest(
        uvicorn.Config(
            _exposition(database),
            lifespan="off",
            log_level="warning",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )
    structlog.get_logger().info("metrics served", port=listening.getsockname()[1])
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving


async def measure_queue(database: Database) -> None:
    """Set the figures that the database knows; where it is gone, that, and the others stay."""
    try:
        async with (
            asyncio.timeout(ANSWERED_WITHIN),
            database.across_programmes(writing=False) as session,
        ):
            figures = await read_queue_figures(session)
            deliveries = await read_delivery_figures(session)
    except (DatabaseUnavailable, TimeoutError):
        DATABASE_UP.set(0)
        return
    DATABASE_UP.set(1)
    for status in get_args(RunStatus):
        RUNS_STORED.labels(status).set(figures.by_status.get(status, 0))
    QUEUE_LENGTH.set(figures.by_status.get("queued", 0))
    QUEUE_AGE.set(_seconds_since(figures.waiting_since))
    RUNS_QUARANTINED.set(figures.quarantined)
    DELIVERIES_WAITING.set(deliveries.waiting)
    DELIVERIES_AGE.set(_seconds_since(deliveries.waiting_since))
    WEBHOOKS_FAILING.set(deliveries.failing)


def _seconds_since(moment: datetime | None) -> float:
    return (datetime.now(UTC) - moment).total_seconds() if moment else 0.0


class _Guest(uvicorn.Server):
    """A server in a process that has another one: signals are for that one."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _exposition(database: Database) -> Callable[..., Awaitable[None]]:
    async def answer(scope: dict[str, Any], _receive: object, send: Callable[..., Any]) -> None:
        found = scope["type"] == "http" and scope["path"] == "/metrics"
        if found:
            await measure_queue(database)
        await send(
            {
                "type": "http.response.start",
                "status": 200 if found else 404,
                "headers": [(b"content-type", CONTENT_TYPE_LATEST.encode())],
            }
        )
        await send(
            {"type": "http.response.body", "body": generate_latest(REGISTRY) if found else b""}
        )

    return answer
