"""Bringing a database up to date, and asking whether it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from models.reference import civil_service
from service.database_url import user_of
from service.errors import DatabaseOutdated, one_issue
from service.settings import Settings
from service.storage import programmes, schema
from service.storage.database import Database


async def upgrade_database(settings: Settings) -> None:
    """Create or migrate the schema, and bring the shipped programme up to date.

    On PostgreSQL the owner of the tables does it, where one is set, and gives the service's
    role its rights. Raises `DatabaseOutdated` or `DatabaseUnavailable` where the service could
    not work with what is there then.
    """
    async with _as_owner(settings) as database:
        await schema.upgrade(database, service_role=_service_role(settings))
        async with database.across_programmes(writing=True) as session:
            await programmes.save(session, civil_service())
    async with _open(Database(settings.database_url)) as database:
        await require_ready(database)


async def downgrade_database(settings: Settings, revision: str) -> None:
    """Take the schema back to a revision; `base` drops every table with all it holds."""
    async with _as_owner(settings) as database:
        await schema.downgrade(database, revision)


async def is_ready(database: Database) -> bool:
    """Whether the database answers, with the schema that this version works with."""
    return await schema.is_current(database)


async def require_ready(database: Database) -> None:
    """DatabaseOutdated where the schema is not the one that this version works with."""
    if not await is_ready(database):
        raise DatabaseOutdated(
            one_issue(
                "DATABASE_OUTDATED",
                "The database is not at the version that this service needs.",
                hint="Whoever runs the service: run `pairwell database upgrade`.",
            )
        )


def _as_owner(settings: Settings) -> AbstractAsyncContextManager[Database]:
    url = settings.database_owner_url or settings.database_url
    return _open(Database(url, migrating=True))


@asynccontextmanager
async def _open(database: Database) -> AsyncIterator[Database]:
    try:
        yield database
    finally:
        await database.close()


def _service_role(settings: Settings) -> str | None:
    """The role that needs rights on the tables; None where it owns them."""
    return user_of(settings.database_url) if settings.database_owner_url else None
