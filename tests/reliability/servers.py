"""Servers that a test may stop, starve or empty, because nobody else is on them."""

from __future__ import annotations

import asyncio
from typing import Any

from service.operations.database import upgrade_database
from service.settings import Settings
from tests.postgresql import OWNER, SERVICE, PostgresqlServer

NAME = "pairwell"
KEY = "a key of the audit log for tests"


def prepared_on(server: PostgresqlServer, **given: Any) -> Settings:
    """Settings with a database of a server that is the test's own; it is up to date."""
    server.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}")
    settings = Settings(
        database_url=server.url(NAME, SERVICE),
        database_owner_url=server.url(NAME, OWNER),
        audit_key=KEY,
        **given,
    )
    asyncio.run(upgrade_database(settings))
    return settings
