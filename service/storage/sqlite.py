"""How a SQLite file is opened: docs/decisions/0006-sqlite-journal.md."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_TIMEOUT = 30
"""How long a transaction waits for another one's lock, in seconds."""

PRAGMAS = ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON", "mmap_size=0")
"""The log of many SQLite versions is not safe."""


def open_sqlite(url: str) -> tuple[AsyncEngine, AsyncEngine]:
    """The file for transactions that write, and for those that read."""
    # The driver's own transactions begin late and leave out DDL, so they are switched off.
    engine = create_async_engine(
        url, connect_args={"timeout": BUSY_TIMEOUT, "isolation_level": None}
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine, engine.execution_options(pairwell_reading=True)


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: two readers that both want to write would deadlock.
    reading = connection.get_execution_options().get("pairwell_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
