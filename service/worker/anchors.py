"""Anchors of the audit log, written every so often while the service runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import structlog

from service.logs import log_incident
from service.operations.audit import anchor_log
from service.settings import Settings
from service.storage.database import Database


@asynccontextmanager
async def anchoring(database: Database, settings: Settings) -> AsyncIterator[None]:
    """Anchor the log while the block lasts, and once more at its end."""
    path = settings.audit_anchors
    if path is None:
        yield
        return
    ended = asyncio.Event()
    anchor = partial(_anchor, database, settings.programme, path)
    working = asyncio.create_task(_work(anchor, settings.audit_anchor_every, ended))
    try:
        yield
    finally:
        ended.set()
        await working


async def _work(anchor: Callable[[], Awaitable[None]], every: float, ended: asyncio.Event) -> None:
    while not ended.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), every)
        try:
            await anchor()
        except Exception as error:
            # The next one holds as much; a log that cannot be anchored is for an operator to see.
            log_incident("audit log not anchored", error)


async def _anchor(database: Database, programme: str, path: Path) -> None:
    async with database.reading(programme) as store:
        made = await anchor_log(store, path)
    if made is not None:
        # The service's own log is a second place in which the anchor is kept.
        structlog.get_logger().info("audit log anchored", position=made.position, code=made.code)
