"""A server that falls silent within a transaction is given up, and a slow one is not."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from service.errors import DatabaseUnavailable
from service.storage import postgresql
from tests.postgresql import PostgresqlServer
from tests.service.services import PROGRAMME, a_database

pytestmark = pytest.mark.only_on("postgresql")

SHORT = 1.0
SLOW = "SELECT pg_sleep(2.5)"


@pytest.mark.anyio
async def test_a_statement_that_nobody_answers_is_no_longer_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgresql_server: PostgresqlServer
) -> None:
    async with a_database(tmp_path) as database:
        with pytest.raises(DatabaseUnavailable) as refused:
            async with database.writing(PROGRAMME) as store:
                await store.session.execute(text("SELECT 1"))
                monkeypatch.setattr(postgresql, "OPENED_WITHIN", SHORT)
                begun = time.monotonic()
                os.kill(postgresql_server.pid, signal.SIGSTOP)
                try:
                    await store.session.execute(text("SELECT pg_sleep(60)"))
                finally:
                    os.kill(postgresql_server.pid, signal.SIGCONT)
    assert [issue.code for issue in refused.value.issues] == ["DATABASE_UNAVAILABLE"]
    assert time.monotonic() - begun < 30


@pytest.mark.anyio
async def test_a_statement_that_takes_its_time_is_waited_for(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database, database.reading(PROGRAMME) as store:
        begun = time.monotonic()
        await store.session.execute(text(SLOW))
    assert time.monotonic() - begun > 2
