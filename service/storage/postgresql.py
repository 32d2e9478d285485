"""How a PostgreSQL database is opened: docs/decisions/0020-postgresql.md."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
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

LOCKED_WITHIN = "1500ms"
"""How long a statement waits for a lock of somebody else; a migration waits for ever."""

IDLE_WITHIN = "60s"
"""After which the server ends a transaction whose process has stopped asking."""

BYPASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


@dataclass
class Opening:
    """A transaction that opens: until when, by the loop's clock, and what was made for it."""

    until: float
    made: list[Connection] = field(default_factory=list)


_opening: ContextVar[Opening] = ContextVar("the transaction that opens")


def open_postgresql(url: str, *, migrating: bool, **pool: Any) -> tuple[AsyncEngine, AsyncEngine]:
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
        **(pool or {"pool_size": 20, "max_overflow": 0}),
        connect_args={
            "async_creator_fn": partial(_connect, above_row_security=migrating),
            "command_timeout": None if migrating else STATEMENT_WITHIN,
            "server_settings": {
                "application_name": "pairwell",
                "idle_in_transaction_session_timeout": IDLE_WITHIN,
                **({} if migrating else {"lock_timeout": LOCKED_WITHIN}),
            },
        },
    )
    return engine, engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


@asynccontextmanager
async def opened_in_time(within: float | None = None) -> AsyncIterator[None]:
    """The block opens a transaction; what it leaves half done when it fails is closed."""
    until = asyncio.get_running_loop().time() + (OPENED_WITHIN if within is None else within)
    opening = Opening(until)
    token = _opening.set(opening)
    try:
        async with asyncio.timeout_at(until):
            yield
    except BaseException:
        for connection in opening.made:
            connection.terminate()
        raise
    finally:
        _opening.reset(token)


async def _connect(*where: Any, above_row_security: bool, **how: Any) -> Connection:
    import asyncpg

    opening = _opening.get()
    # The timeout around it all is spent where asking an older connection was given up.
    async with asyncio.timeout_at(opening.until):
        connection = await asyncpg.connect(*where, **how, connection_class=_abrupt_connection())
    opening.made.append(connection)
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
        """A connection that is given up at once where SQLAlchemy would wait for the server."""

        async def close(self, *, timeout: float | None = None) -> None:
            # A timeout is given for a connection that failed, and only for such a one.
            if timeout is None:
                await super().close()
            else:
                self.terminate()

        async def fetchrow(self, *question: Any, **how: Any) -> Any:
            # How SQLAlchemy asks a connection of its pool whether it is there. Given up in the
            # middle of it, it would next wait for the end of the transaction that it asked in.
            try:
                return await super().fetchrow(*question, **how)
            except asyncio.CancelledError:
                self.terminate()
                raise

    return AbruptConnection
