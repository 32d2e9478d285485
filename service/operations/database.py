"""Bringing a database up to date, and asking whether it is."""

from __future__ import annotations

from models.reference import civil_service
from service.errors import DatabaseOutdated, one_issue
from service.settings import Settings
from service.storage import programmes, schema
from service.storage.database import Database


async def upgrade_database(settings: Settings) -> None:
    """Create or migrate the schema, and bring the shipped programme up to date."""
    database = Database(settings.database_url)
    try:
        await schema.upgrade(database)
        async with database.across_programmes(writing=True) as session:
            await programmes.save(session, civil_service())
    finally:
        await database.close()


async def downgrade_database(settings: Settings, revision: str) -> None:
    """Take the schema back to a revision; `base` drops every table with all it holds."""
    database = Database(settings.database_url)
    try:
        await schema.downgrade(database, revision)
    finally:
        await database.close()


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
