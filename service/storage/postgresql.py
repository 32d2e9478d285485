"""How a PostgreSQL database is opened: docs/decisions/0020-postgresql.md."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from service.errors import DatabaseUnavailable, one_issue

if TYPE_CHECKING:
    from asyncpg import Connection

OPENED_WITHIN = 1.5
"""How long a transaction may take to open before the database counts as gone, in seconds."""

STATEMENT_WITHIN = 60.0
"""How long the service waits for one statement, in seconds; a migration waits for ever."""

IDLE_WITHIN = "60s"
"""After which the server ends a transaction whose process has stopped asking."""

BYPASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"

_made: ContextVar[list[Connection]] = ContextVar("connections made while a transaction opens")


def open_postgresql(url: str, *, migrating: bool) -> tuple[AsyncEngine, AsyncEngine]:
    """The database for transactions that write, and for those that read.

    A reader sees one state throughout. A writer sees what others commit meanwhile, so what it
    builds on has to be locked, or asked for in the statement that changes it.
    """
    engine = create_async_engine(
        url,
        isolation_level="READ COMMITTED",
        # Asking first costs a round trip, and finds a connection that an outage has ended.
        pool_pre_ping=True,
        # Kept once they are made: beyond a smaller pool, each request would make one anew.
        pool_size=20,
        max_overflow=0,
        connect_args={
            "async_creator_fn": partial(_connect, above_row_security=migrating),
            "command_timeout": None if migrating else STATEMENT_WITHIN,
            "server_settings": {
                "application_name": "pairwell",
                "idle_in_transaction_session_timeout": IDLE_WITHIN,
            },
        },
    )
    return engine, engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


@asynccontextmanager
async def opened_in_time() -> AsyncIterator[None]:
    """The block opens a transaction; what it leaves half done when it fails is closed."""
    made: list[Connection] = []
    token = _made.set(made)
    try:
        async with asyncio.timeout(OPENED_WITHIN):
            yield
    except BaseException:
        for connection in made:
            connection.terminate()
        raise
    finally:
        _made.reset(token)


async def _connect(*where: Any, above_row_security: bool, **how: Any) -> Connection:
    import asyncpg

    connection = await asyncpg.connect(*where, **how, connection_class=_abrupt_connection())
    _made.get().append(connection)
    if not above_row_security and await connection.fetchval(BYPASSES):
        raise DatabaseUnavailable(
            one_issue(
                "DATABASE_ROLE_REFUSED",
                "The database role of the service is above row-level security.",
                hint="Whoever runs the service: let PAIRWELL_DATABASE_URL name a role that is "
                "neither superuser nor has BYPASSRLS.",
            )
        )
    return connection


@cache
def _abrupt_connection() -> type[Connection]:
    import asyncpg

    class AbruptConnection(asyncpg.Connection):  # type: ignore[misc]
        """A connection that is given up at once where SQLAlchemy would wait for a good-bye."""

        async def close(self, *, timeout: float | None = None) -> None:
            # A timeout is given for a connection that failed, and only for such a one.
            if timeout is None:
                await super().close()
            else:
                self.terminate()

    return AbruptConnection
