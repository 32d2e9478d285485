"""The schema's version: migrations run in code, on the database that is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, text

import models.migrations
from service.storage import row_security
from service.storage.database import Database

ONE_AT_A_TIME = 7_041_776
"""The number of the lock that a migration takes; any, as long as it stays the same."""

OWNED = (
    "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() "
    "AND pg_has_role(current_user, tableowner, 'MEMBER')"
)


async def upgrade(
    database: Database, revision: str = "head", *, service_role: str | None = None
) -> None:
    """Bring the schema up to a revision, in one transaction.

    A role of PostgreSQL that does not own the tables is given what the service needs of them.
    """
    await _migrate(database, lambda config: command.upgrade(config, revision), service_role)


async def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to a revision (`base` for none at all), in one transaction."""
    await _migrate(database, lambda config: command.downgrade(config, revision), None)


async def is_current(database: Database) -> bool:
    """Whether the schema is the one that this version of the code was written for."""
    async with database.connection(writing=False) as connection:
        return await connection.run_sync(_current_revision) == _head()


async def owns_tables(database: Database) -> bool:
    """Whether the role that is connected could change the tables; a SQLite file has no roles."""
    async with database.connection(writing=False) as connection:
        if connection.dialect.name != "postgresql":
            return False
        return bool(await connection.scalar(text(OWNED)))


async def _migrate(
    database: Database, step: Callable[[Config], None], service_role: str | None
) -> None:
    def run(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        if connection.dialect.name != "postgresql":
            step(config)
            return
        connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        row_security.lift(connection)
        step(config)
        row_security.enforce(connection)
        if service_role is not None:
            row_security.grant(connection, service_role)

    async with database.connection(writing=True) as connection:
        await connection.run_sync(run)


def _current_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _head() -> str | None:
    """The newest revision that the code brings; asked on every request, so read once."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    (folder,) = models.migrations.__path__
    config.set_main_option("script_location", str(Path(folder)).replace("%", "%%"))
    return config
