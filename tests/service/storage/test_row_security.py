"""The second line of defence: what PostgreSQL shows where the code forgets to ask whose it is.

The tables are asked in plain SQL without a word about programmes, as by a query with a flaw.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import CursorResult, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from models.tables import Base
from service.errors import DatabaseUnavailable
from service.operations.database import upgrade_database
from service.operations.keys import authenticate
from service.security.keys import prefix_of
from service.storage import scope
from service.storage.database import Database
from service.storage.row_security import APPEND_ONLY, APPENDED, EXEMPTIONS, OWN
from tests.service.databases import chosen
from tests.service.populated import populate
from tests.service.services import PROGRAMME, a_database, some_settings, the_owners_database

pytestmark = [pytest.mark.anyio, pytest.mark.only_on("postgresql")]

OTHER = "other"
TABLES = tuple(Base.metadata.tables)
NOTHING: dict[str, set[str]] = {table: set() for table in TABLES}
OWNED = tuple(table for table in TABLES if table != "programmes")


async def test_a_query_that_forgets_the_programme_sees_nothing_of_another(tmp_path: Path) -> None:
    """The control is the same query without the policies: it has to see the other's rows."""
    async with _two_programmes(tmp_path) as database:
        async with database.reading(PROGRAMME) as store:
            seen = await _owners_by_table(store.session)
        assert seen == {table: {PROGRAMME} for table in TABLES}
        for table in TABLES:
            chosen().execute(tmp_path, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        async with database.reading(PROGRAMME) as store:
            seen = await _owners_by_table(store.session)
        assert seen == {table: {PROGRAMME, OTHER} for table in TABLES}


async def test_before_anything_is_declared_there_is_nothing_to_see(tmp_path: Path) -> None:
    async with _two_programmes(tmp_path) as database:
        async with database.reading(PROGRAMME) as store:
            assert all((await _owners_by_table(store.session)).values())
        for _ in range(3):  # on the same connection: a declaration ends with its transaction
            async with database.across_programmes(writing=False) as session:
                assert await _owners_by_table(session) == NOTHING


async def test_rows_of_another_programme_can_be_neither_changed_nor_removed_nor_made(
    tmp_path: Path,
) -> None:
    async with _two_programmes(tmp_path) as database:
        for table in (table for table in OWNED if table not in APPEND_ONLY):
            change = f"UPDATE {table} SET programme_key = 'other'"  # noqa: S608
            remove = f"DELETE FROM {table} WHERE programme_key = 'other'"  # noqa: S608
            async with database.writing(PROGRAMME) as store:
                for flaw in (f"{change} WHERE programme_key = 'other'", remove):
                    assert await _rows_changed(store.session, flaw) == 0
            with pytest.raises(ProgrammingError, match="violates row-level security"):
                async with database.writing(PROGRAMME) as store:
                    await _rows_changed(store.session, change)


async def test_what_is_only_appended_to_is_changed_by_nobody(tmp_path: Path) -> None:
    """The service's role has no right to; the owner, who might be the service's, sees no row."""
    flaws = ("UPDATE audit_log SET actor = 'nobody'", "DELETE FROM audit_log")
    async with _two_programmes(tmp_path) as database, the_owners_database(tmp_path) as owner:
        for flaw in flaws:
            with pytest.raises(ProgrammingError, match="InsufficientPrivilege"):
                async with database.writing(PROGRAMME) as store:
                    await _rows_changed(store.session, flaw)
            async with owner.writing(PROGRAMME) as store:
                assert await _rows_changed(store.session, flaw) == 0
        async with database.reading(PROGRAMME) as store:
            assert (await _owners_by_table(store.session))["audit_log"] == {PROGRAMME}


async def test_the_queue_shows_the_runs_of_everybody_and_nothing_else(tmp_path: Path) -> None:
    async with (
        _two_programmes(tmp_path) as database,
        database.across_programmes(writing=True) as session,
    ):
        await scope.serve_the_queue(session)
        assert await _owners_by_table(session) == NOTHING | {"runs": {PROGRAMME, OTHER}}
        assert await _rows_changed(session, "DELETE FROM runs") == 0


async def test_looking_for_deliveries_shows_those_of_everybody_and_nothing_else(
    tmp_path: Path,
) -> None:
    async with (
        _two_programmes(tmp_path) as database,
        database.across_programmes(writing=True) as session,
    ):
        await scope.look_for_deliveries(session)
        both = {PROGRAMME, OTHER}
        seen = await _owners_by_table(session)
        assert seen == NOTHING | {"webhooks": both, "deliveries": both}
        assert await _rows_changed(session, "UPDATE webhooks SET busy = TRUE") == 0
        assert await _rows_changed(session, "DELETE FROM deliveries") == 0


async def test_a_key_shows_itself_by_its_prefix_and_nothing_else(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await populate(database)
        secret = await populate(database, OTHER)
        async with database.across_programmes(writing=False) as session:
            await scope.look_up_key(session, prefix_of(secret) or "")
            assert await _owners_by_table(session) == NOTHING | {"api_keys": {OTHER}}
            assert (await authenticate(session, secret, "127.0.0.1")).programme == OTHER


async def test_every_table_is_held_to_its_policies_also_for_its_owner(tmp_path: Path) -> None:
    forced = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    policies = text("SELECT policyname FROM pg_policies")
    async with (
        _two_programmes(tmp_path),
        the_owners_database(tmp_path) as database,
        database.across_programmes(writing=False) as session,
    ):
        assert set(await session.scalars(forced)) == set(TABLES)
        assert await _owners_by_table(session) == NOTHING
        made = sorted(await session.scalars(policies))
    exempted = [exemption.name for exemption in EXEMPTIONS]
    appended = [APPENDED for _ in APPEND_ONLY]
    assert made == sorted([*exempted, *appended, *(OWN for _ in TABLES)])


async def test_the_services_role_cannot_step_out(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        for beyond in (
            "TRUNCATE runs CASCADE",
            "ALTER TABLE runs DISABLE ROW LEVEL SECURITY",
            "DROP POLICY own_programme ON runs",
            "UPDATE alembic_version SET version_num = ''",
            "SET ROLE pairwell_owner",
        ):
            with pytest.raises(ProgrammingError, match="InsufficientPrivilege"):
                async with database.writing(PROGRAMME) as store:
                    await store.session.execute(text(beyond))


async def test_a_role_above_row_security_is_refused(tmp_path: Path) -> None:
    async with a_database(tmp_path):
        above = Database(chosen().unrestricted_url(tmp_path))
        with pytest.raises(DatabaseUnavailable) as refused:
            async with above.reading(PROGRAMME):
                pass
        await above.close()
    assert [issue.code for issue in refused.value.issues] == ["DATABASE_ROLE_REFUSED"]


async def test_one_role_may_own_the_tables_and_serve(tmp_path: Path) -> None:
    """The simplest installation: the owner is held to the policies like anybody else."""
    owner = some_settings(tmp_path).database_owner_url
    await upgrade_database(some_settings(tmp_path, database_url=owner, database_owner_url=None))
    async with the_owners_database(tmp_path) as database:
        await populate(database)
        await populate(database, OTHER)
        async with database.reading(PROGRAMME) as store:
            seen = await _owners_by_table(store.session)
    assert seen == {table: {PROGRAMME} for table in TABLES}


@asynccontextmanager
async def _two_programmes(folder: Path) -> AsyncIterator[Database]:
    async with a_database(folder) as database:
        await populate(database)
        await populate(database, OTHER)
        yield database


async def _owners_by_table(session: AsyncSession) -> dict[str, set[str]]:
    """Whose rows can be seen, table by table."""
    seen = {}
    for table in TABLES:
        key = "programme_key" if table in OWNED else "key"
        seen[table] = set(await session.scalars(text(f"SELECT {key} FROM {table}")))  # noqa: S608
    return seen


async def _rows_changed(session: AsyncSession, statement: str) -> int:
    done = await session.execute(text(statement))
    assert isinstance(done, CursorResult)
    return done.rowcount
