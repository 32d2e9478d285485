"""Whether a service may start: its settings, and what only the database can say of its role."""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.issue import Issue
from service.errors import DatabaseUnavailable, SettingRefused
from service.production import Part, danger, dangers
from service.settings import Settings
from service.storage.database import Database
from service.storage.schema import owns_tables

ROLE_REFUSED = "DATABASE_ROLE_REFUSED"


async def require_safe_start(
    settings: Settings, part: Part, environment: Mapping[str, str]
) -> None:
    """Raises `SettingRefused` with every danger of a start in production, all at once."""
    if not settings.in_production:
        return
    found = (*dangers(settings, part, environment), *await _dangers_of_role(settings))
    if found:
        raise SettingRefused(found)


async def _dangers_of_role(settings: Settings) -> tuple[Issue, ...]:
    database = Database(settings.database_url)
    try:
        owner = await owns_tables(database)
    except DatabaseUnavailable as refusal:
        # A database that is not there has no role; whoever starts is told of that afterwards.
        return tuple(issue for issue in refusal.issues if issue.code == ROLE_REFUSED)
    finally:
        await database.close()
    if not owner:
        return ()
    return (
        danger(
            "PAIRWELL_DATABASE_URL",
            "names the role that owns the tables, and so can switch row-level security off",
            "Make a second role for the service, as docs/postgresql.md says.",
        ),
    )
