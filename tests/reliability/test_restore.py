"""A database is lost and restored from its backup: how long that takes, and what is gone."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from service.operations.backup import DatabaseCheck, back_up, check_database
from service.operations.work import claim_run, finish_run, load_errand
from service.security.audit_key import audit_key
from service.settings import Settings
from service.storage.database import Database
from solver.solve import solve_matching
from tests.postgresql import OWNER, a_postgresql_server
from tests.reliability.counts import ROUNDS
from tests.reliability.rounds import a_small_document, prepared, submitted
from tests.reliability.servers import NAME, prepared_on
from tests.service.databases import FILE

AFTERWARDS = 2
"""Rounds that come after the backup, and are lost with the database."""

LONGEST_RESTORE, LONGEST_LOSS = 600.0, 300.0
PAGE = Path(__file__).parents[2] / "docs" / "operating.md"
FORGED = """
UPDATE assignments SET document = replace(document, '"points":', '"points":1') WHERE position = 1
"""


@pytest.mark.reliability
@pytest.mark.only_on("sqlite")
def test_a_sqlite_database_is_restored_whole(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    file, copy = tmp_path / FILE, tmp_path / "backup.sqlite3"
    settings = prepared(tmp_path)
    _rounds(settings, ROUNDS)
    back_up(settings, copy)
    backed_up = time.monotonic()
    _rounds(settings, AFTERWARDS)
    lost = time.monotonic() - backed_up
    file.unlink()
    begun = time.monotonic()
    file.write_bytes(copy.read_bytes())
    checked = _checked(settings)
    _judge(checked, time.monotonic() - begun, lost, tell)
    with closing(sqlite3.connect(file)) as connection, connection:
        assert connection.execute(FORGED).rowcount == ROUNDS
    assert len(_checked(settings).faults) >= ROUNDS


@pytest.mark.reliability
@pytest.mark.only_on("postgresql")
def test_a_postgresql_database_is_restored_whole_with_its_policies(
    tell: Callable[[str, str], None],
) -> None:
    with a_postgresql_server() as server:
        settings = prepared_on(server)
        _rounds(settings, ROUNDS)
        server.execute(*_roles_of_the_page())
        dump = server.dump(NAME, "pairwell_backup")
        backed_up = time.monotonic()
        _rounds(settings, AFTERWARDS)
        lost = time.monotonic() - backed_up
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
        begun = time.monotonic()
        server.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}")
        server.restore(dump, NAME)
        checked = _checked(settings)
        _judge(checked, time.monotonic() - begun, lost, tell)
        unforced = "SELECT count(*) FROM pg_class WHERE relname = 'rounds' AND relforcerowsecurity"
        assert server.execute(unforced, database=NAME) == "1"
        server.execute(FORGED, database=NAME)
        assert len(_checked(settings).faults) >= ROUNDS


def _roles_of_the_page() -> list[str]:
    """What the operator's page says to make for backups; this server asks for no password."""
    (sql,) = re.findall(r"```sql\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [statement.replace("PASSWORD '…' ", "") for statement in sql.splitlines()]


def _rounds(settings: Settings, count: int) -> None:
    """Rounds that are solved and stored with their certificates."""

    async def solve_all() -> None:
        database = Database(settings.database_url, audit_key(settings))
        try:
            for _ in range(count):
                async with database.across_programmes(writing=True) as session:
                    claim = await claim_run(session)
                assert claim is not None
                async with database.writing(claim.programme, "worker") as store:
                    errand = await load_errand(store, claim.run)
                    result = solve_matching(errand.problem, issues=errand.warnings)
                    assert await finish_run(store, claim.run, result)
        finally:
            await database.close()

    for number in range(count):
        submitted(settings, a_small_document(number % 5))
    asyncio.run(solve_all())


def _checked(settings: Settings) -> DatabaseCheck:
    async def check() -> DatabaseCheck:
        database = Database(settings.database_url, audit_key(settings))
        try:
            return await check_database(database, settings.programme)
        finally:
            await database.close()

    return asyncio.run(check())


def _judge(
    checked: DatabaseCheck,
    restore: float,
    lost: float,
    tell: Callable[[str, str], None],
) -> None:
    tell(
        "R21",
        f"restored and checked in {restore:.1f} s (RTO), lost the last {lost:.1f} s with "
        f"{AFTERWARDS} rounds (RPO); {checked.results} results, {checked.certified} certified "
        f"again, {checked.entries} entries of the audit log",
    )
    assert checked.faults == ()
    assert checked.results == checked.certified == ROUNDS
    assert checked.entries == 2 * ROUNDS
    assert restore <= LONGEST_RESTORE
    assert lost <= LONGEST_LOSS
