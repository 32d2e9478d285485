"""The one place that opens a database, and the transactions that the doors work in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

BUSY_TIMEOUT = 30
"""How long a transaction waits for another one's lock, in seconds."""

PRAGMAS = ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON", "mmap_size=0")
"""See docs/decisions/0006-sqlite-journal.md: the log of many SQLite versions is not safe."""


@dataclass(frozen=True)
class Store:
    """An open transaction, bound to one programme: everything read and written is within it.

    `actor` is who acts in it, and `audit_key` the key under which that is written down.
    """

    session: AsyncSession
    programme: str
    actor: str = "service"
    audit_key: bytes = b""


class Database:
    """A database of the service. Whoever opens a transaction is its edge and closes it.

    A transaction ends well with its block and is taken back when the block raises.
    """

    def __init__(self, url: str, audit_key: bytes = b"") -> None:
        self._audit_key = audit_key
        self._engine = _open_sqlite(url)
        self._reading = self._engine.execution_options(pairwell_reading=True)

    @asynccontextmanager
    async def reading(self, programme: str) -> AsyncIterator[Store]:
        """A transaction that sees one state of the database and changes nothing."""
        async with self.across_programmes(writing=False) as session:
            yield Store(session, programme, audit_key=self._audit_key)

    @asynccontextmanager
    async def writing(self, programme: str, actor: str = "service") -> AsyncIterator[Store]:
        """A transaction that may change what belongs to one programme, in somebody's name."""
        async with self.across_programmes(writing=True) as session:
            yield Store(session, programme, actor, self._audit_key)

    @asynccontextmanager
    async def across_programmes(self, *, writing: bool) -> AsyncIterator[AsyncSession]:
        """A transaction for the few questions that come before the programme is known."""
        engine = self._engine if writing else self._reading
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def connection(self, *, writing: bool) -> AsyncIterator[AsyncConnection]:
        """A transaction below the level of rows: for migrations and questions about the schema."""
        async with (self._engine if writing else self._reading).begin() as connection:
            yield connection

    async def close(self) -> None:
        """Gives back every connection."""
        await self._engine.dispose()


def _open_sqlite(url: str) -> AsyncEngine:
    # The driver's own transactions begin late and leave out DDL, so they are switched off.
    engine = create_async_engine(
        url, connect_args={"timeout": BUSY_TIMEOUT, "isolation_level": None}
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: two readers that both want to write would deadlock.
    reading = connection.get_execution_options().get("pairwell_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
