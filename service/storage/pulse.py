"""A server that falls silent in the middle of a transaction is noticed, and not waited for.

A connection that breaks says so. One behind which nobody is left, as when a network swallows
everything, does not: a statement would wait for as long as it may take. So whoever holds a
transaction for longer than a moment asks the server, by another connection, whether it is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool, PoolProxiedConnection

from service.errors import Refusal
from service.storage import postgresql

WATCH_AFTER = 0.3
"""How long a transaction is left alone, and then how long between two questions, in seconds."""

NOT_REACHED = "08"
"""The beginning of SQLSTATE for a connection that could not be made."""


@dataclass
class Watch:
    """A transaction under watch, as soon as it has a connection."""

    connection: PoolProxiedConnection | None = None

    def give_up(self) -> None:
        """End the connection at once: whatever waits for it fails. One that opens has a limit."""
        driver = None if self.connection is None else self.connection.driver_connection
        if driver is not None:
            driver.terminate()


class Pulse:
    """Whether the server at a URL is there, asked at most once at a time."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: AsyncEngine | None = None
        self._asked: asyncio.Task[bool] | None = None

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[Watch]:
        """The block is a transaction; it is given up when the server is not there any more."""
        watch = Watch()
        watching = asyncio.create_task(self._watch(watch))
        try:
            yield watch
        finally:
            watching.cancel()

    async def close(self) -> None:
        """Gives back what was held."""
        if self._asked is not None:
            self._asked.cancel()
        if self._engine is not None:
            await self._engine.dispose()

    async def _watch(self, watch: Watch) -> None:
        while True:
            await asyncio.sleep(WATCH_AFTER)
            if self._asked is None or self._asked.done():
                self._asked = asyncio.create_task(self._is_there())
            if not await asyncio.shield(self._asked):
                watch.give_up()

    async def _is_there(self) -> bool:
        """Whether it lets anybody in, or says why not, within the time that opening may take."""
        if self._engine is None:
            self._engine, _ = postgresql.open_postgresql(
                self._url, migrating=False, poolclass=NullPool
            )
        try:
            async with postgresql.opened_in_time(postgresql.OPENED_WITHIN - WATCH_AFTER):
                connection = await self._engine.connect()
                await connection.close()
        except Refusal:
            return True
        except Exception as error:
            # The driver's own errors come through as they are while a connection is made.
            state = getattr(getattr(error, "orig", error), "sqlstate", None)
            return bool(state) and not str(state).startswith(NOT_REACHED)
        return True
