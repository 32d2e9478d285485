"""Errors of a database that is gone, full or too busy, told apart from mistakes of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from service.errors import DatabaseUnavailable, Refusal, one_issue

SQLITE_FULL = 13
SQLITE_OUTAGES = frozenset({5, 6, 7, 8, 10, 11, SQLITE_FULL, 14, 15, 26})
"""Busy, locked, no memory, read-only, I/O error, corrupt, full, cannot open, protocol, no
database: primary result codes, after which nothing of the transaction is stored."""

POSTGRESQL_FULL = "53100"
POSTGRESQL_OUTAGES = ("08", "25P03", "40", "53", "55P03", "57", "58")
"""Beginnings of SQLSTATE: connection lost, idle for too long, deadlock, no resources, lock not
granted in time, server stopping, error of its system."""


@contextmanager
def outages_while_opening() -> Iterator[None]:
    """Whatever fails while a connection is made, the database is not there."""
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        raise _refusal(error) from error


@contextmanager
def outages_at_work() -> Iterator[None]:
    """`DatabaseUnavailable` for a database that fails within a transaction; the rest passes."""
    try:
        yield
    except (DBAPIError, OSError, NoFreeConnection) as error:
        if isinstance(error, DBAPIError) and not _is_outage(error):
            raise
        raise _refusal(error) from error


def _is_outage(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    state: str = getattr(error.orig, "sqlstate", None) or ""
    return _sqlite_code(error) in SQLITE_OUTAGES or state.startswith(POSTGRESQL_OUTAGES)


def _refusal(error: Exception) -> DatabaseUnavailable:
    orig = error.orig if isinstance(error, DBAPIError) else error
    full = _sqlite_code(error) == SQLITE_FULL or getattr(orig, "sqlstate", "") == POSTGRESQL_FULL
    if full:
        return DatabaseUnavailable(
            one_issue(
                "DATABASE_FULL",
                "The database has no room left; nothing of the request was stored.",
                hint="Whoever runs the service: make room on its disk. Then send it again.",
            )
        )
    return DatabaseUnavailable(
        one_issue(
            "DATABASE_UNAVAILABLE",
            "The database does not answer at the moment.",
            hint="Send the request again in a few seconds.",
        )
    )


def _sqlite_code(error: Exception) -> int | None:
    """The primary result code, without what extended codes add to it."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF
