"""The database of a command: open while the command needs it, and up to date."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from service.cli.failures import CommandFailed

if TYPE_CHECKING:
    from service.settings import Settings
    from service.storage.database import Database, Store

Answer = TypeVar("Answer")


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The database of the settings; CommandFailed where it is not of this version."""
    from service.operations.database import is_ready
    from service.security.audit_key import audit_key
    from service.storage.database import Database

    database = Database(settings.database_url, audit_key(settings))
    try:
        if not await is_ready(database):
            raise CommandFailed(
                f"{settings.shown_database} has no schema of this version: "
                "run `pairwell database upgrade` first"
            )
        yield database
    finally:
        await database.close()


async def with_store(work: Callable[[Store], Awaitable[Answer]]) -> Answer:
    """What the work gives, done for the settings' programme in the command line's name."""
    from service.cli.configuration import read_settings

    settings = read_settings()
    async with (
        open_database(settings) as database,
        database.writing(settings.programme, "command line") as store,
    ):
        return await work(store)


async def check_database(settings: Settings) -> None:
    """CommandFailed where the database of the settings is not of this version."""
    async with open_database(settings):
        pass
