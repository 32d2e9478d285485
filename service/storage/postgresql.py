"""How a PostgreSQL database is opened: docs/decisions/0020-postgresql.md."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from service.errors import DatabaseUnavailable, one_issue

OPENED_WITHIN = 1.5
"""How long a transaction may take to open before the database counts as gone, in seconds."""

STATEMENT_WITHIN = 60.0
"""How long the service waits for one statement, in seconds; a migration waits for ever."""

IDLE_WITHIN = "60s"
"""After which the server ends a transaction whose process has stopped asking."""

BYPASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


def open_postgresql(url: str, *, migrating: bool) -> tuple[AsyncEngine, AsyncEngine]:
    """The database for transactions that write, and for those that read.

    A reader sees one state throughout. A writer sees what others commit meanwhile, so what it
    builds on has to be locked, or asked for in the statement that changes it.
    """
    engine = create_async_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=15,
        connect_args={
            "timeout": OPENED_WITHIN,
            "command_timeout": None if migrating else STATEMENT_WITHIN,
            "server_settings": {
                "application_name": "pairwell",
                "idle_in_transaction_session_timeout": IDLE_WITHIN,
            },
        },
    )
    if not migrating:
        event.listen(engine.sync_engine, "connect", _refuse_a_role_above_row_security)
    return engine, engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


def _refuse_a_role_above_row_security(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(BYPASSES)
    (bypasses,) = cursor.fetchone()
    cursor.close()
    if bypasses:
        connection.terminate()
        raise DatabaseUnavailable(
            one_issue(
                "DATABASE_ROLE_REFUSED",
                "The database role of the service is above row-level security.",
                hint="Whoever runs the service: let PAIRWELL_DATABASE_URL name a role that is "
                "neither superuser nor has BYPASSRLS.",
            )
        )
