"""A server that falls silent within a transaction is given up, and a slow one is not."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text

from service.errors import DatabaseUnavailable
from service.storage import postgresql
from tests.postgresql import PostgresqlServer
from tests.service.services import LONG_ENOUGH, PROGRAMME, a_database

pytestmark = pytest.mark.only_on("postgresql")

SHORT = 1.0
SLOW = "SELECT pg_sleep(2.5)"
ENDLESS = "SELECT pg_sleep(50)"
"""Seconds, of which the test does not wait for as many as it takes to fail."""


@pytest.mark.anyio
async def test_a_statement_that_nobody_answers_is_no_longer_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgresql_server: PostgresqlServer
) -> None:
    async def ask_a_server_that_lets_nobody_in() -> None:
        async with database.writing(PROGRAMME) as store:
            monkeypatch.setattr(postgresql, "OPENED_WITHIN", SHORT)
            os.kill(postgresql_server.pid, signal.SIGSTOP)
            try:
                await store.session.execute(text(ENDLESS))
            finally:
                os.kill(postgresql_server.pid, signal.SIGCONT)

    begun = time.monotonic()
    async with a_database(tmp_path) as database:
        with pytest.raises(DatabaseUnavailable) as refused:
            await ask_a_server_that_lets_nobody_in()
    assert [issue.code for issue in refused.value.issues] == ["DATABASE_UNAVAILABLE"]
    assert time.monotonic() - begun < LONG_ENOUGH


@pytest.mark.anyio
async def test_a_server_that_falls_silent_while_a_connection_asks_for_it_is_given_up_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgresql_server: PostgresqlServer
) -> None:
    """SQLAlchemy asks within a transaction, at whose end it would wait once more."""
    silent: list[int] = []
    asked = asyncpg.Connection.fetchrow

    async def fetchrow(connection: asyncpg.Connection, *question: Any, **how: Any) -> Any:
        silent.extend((postgresql_server.pid, connection.get_server_pid()))
        for pid in silent:
            os.kill(pid, signal.SIGSTOP)
        return await asked(connection, *question, **how)

    async with a_database(tmp_path) as database:
        async with database.reading(PROGRAMME):
            monkeypatch.setattr(postgresql, "OPENED_WITHIN", SHORT)
            monkeypatch.setattr(asyncpg.Connection, "fetchrow", fetchrow)
        try:
            with pytest.raises(DatabaseUnavailable):
                async with asyncio.timeout(LONG_ENOUGH), database.reading(PROGRAMME):
                    pass
        finally:
            for pid in silent:
                os.kill(pid, signal.SIGCONT)
    assert silent


@pytest.mark.anyio
async def test_a_statement_that_takes_its_time_is_waited_for(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database, database.reading(PROGRAMME) as store:
        begun = time.monotonic()
        await store.session.execute(text(SLOW))
    assert time.monotonic() - begun > 2
