from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from models.tables import Base
from service.storage import schema
from tests.service.services import the_owners_database

pytestmark = pytest.mark.anyio


async def test_the_migrations_build_what_the_tables_say(tmp_path: Path) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))

    async with the_owners_database(tmp_path) as database:
        await schema.upgrade(database)
        async with database.connection(writing=False) as connection:
            assert await connection.run_sync(differences) == []


async def test_constraints_have_the_names_that_the_tables_give_them(tmp_path: Path) -> None:
    """`compare_metadata` does not look at the names of primary and foreign keys on SQLite."""

    def names(connection: Connection) -> set[str | None]:
        found = inspect(connection)
        return {
            name
            for table in Base.metadata.tables
            for name in (
                found.get_pk_constraint(table)["name"],
                *(key["name"] for key in found.get_foreign_keys(table)),
                *(unique["name"] for unique in found.get_unique_constraints(table)),
            )
        }

    async with the_owners_database(tmp_path) as database:
        await schema.upgrade(database)
        async with database.connection(writing=False) as connection:
            migrated = await connection.run_sync(names)
    declared = {
        constraint.name
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
    }
    assert migrated == {str(name) for name in declared}


async def test_down_and_up_again_leaves_a_current_schema(tmp_path: Path) -> None:
    async with the_owners_database(tmp_path) as database:
        assert not await schema.is_current(database)
        await schema.upgrade(database)
        assert await schema.is_current(database)
        await schema.downgrade(database, "base")
        assert not await schema.is_current(database)
        await schema.upgrade(database)
        assert await schema.is_current(database)


async def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """DDL is part of the transaction, so a broken upgrade can be run again."""
    async with the_owners_database(tmp_path) as database:
        async with database.connection(writing=True) as connection:
            await connection.exec_driver_sql("CREATE TABLE unmatched (in_the_way INTEGER)")
        with pytest.raises(Exception, match="already exists"):
            await schema.upgrade(database)
        async with database.connection(writing=False) as connection:
            tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert tables == ["unmatched"]


async def test_two_upgrades_at_once_are_one_after_the_other(tmp_path: Path) -> None:
    async with the_owners_database(tmp_path) as one, the_owners_database(tmp_path) as other:
        await asyncio.gather(schema.upgrade(one), schema.upgrade(other))
        assert await schema.is_current(one)
