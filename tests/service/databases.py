"""The database of a test: a SQLite file, or a database of the PostgreSQL server of this run.

A folder has one database, whichever kind it is, so that a service can be started again on it.
The migrations run once a kind and process; an up-to-date database is a copy of what they made.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from service.operations.database import upgrade_database
from service.settings import Settings
from tests.postgresql import OWNER, SERVICE, SUPERUSER, PostgresqlServer

KINDS = ("sqlite", "postgresql")
FILE = "test.sqlite3"
TEMPLATE = "up_to_date"


class Databases(Protocol):
    """Where the databases of tests are made."""

    def urls(self, folder: Path) -> dict[str, str]:
        """The settings that name the folder's database, which holds nothing when it is new."""

    async def prepare(self, folder: Path) -> None:
        """Make the folder's database, up to date, unless there is one."""

    def unrestricted_url(self, folder: Path) -> str:
        """The address at which every row of the folder's database can be seen."""

    def execute(self, folder: Path, statement: str) -> None:
        """Run a statement behind the service's back."""


class SqliteFiles:
    """A file in the folder."""

    def __init__(self) -> None:
        self._up_to_date = b""

    def urls(self, folder: Path) -> dict[str, str]:
        return {"database_url": f"sqlite+aiosqlite:///{folder / FILE}"}

    async def prepare(self, folder: Path) -> None:
        file = folder / FILE
        if file.exists():
            return
        if not self._up_to_date:
            await upgrade_database(Settings(**self.urls(folder)))
            self._up_to_date = file.read_bytes()
        file.write_bytes(self._up_to_date)

    def unrestricted_url(self, folder: Path) -> str:
        return self.urls(folder)["database_url"]

    def execute(self, folder: Path, statement: str) -> None:
        with closing(sqlite3.connect(folder / FILE)) as connection, connection:
            connection.execute(statement)


class PostgresqlDatabases:
    """Databases of one server, named by the folder; the service's role does not own them."""

    def __init__(self, server: PostgresqlServer) -> None:
        self._server = server
        self._made: set[str] = set()

    def urls(self, folder: Path) -> dict[str, str]:
        return self._urls(self._made_for(folder))

    async def prepare(self, folder: Path) -> None:
        known = self._server.execute("SELECT datname FROM pg_database").splitlines()
        if TEMPLATE not in known:
            self._server.execute(f"CREATE DATABASE {TEMPLATE} OWNER {OWNER}")
            await upgrade_database(Settings(**self._urls(TEMPLATE)))
        name = self._made_for(folder)
        if self._server.execute(
            "SELECT 1 FROM pg_tables WHERE schemaname = 'public'", database=name
        ):
            return
        self._server.execute(
            f"DROP DATABASE {name} WITH (FORCE)",
            f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {TEMPLATE}",
        )

    def unrestricted_url(self, folder: Path) -> str:
        return self._server.url(self._made_for(folder), SUPERUSER).replace(":", "+asyncpg:", 1)

    def execute(self, folder: Path, statement: str) -> None:
        self._server.execute(statement, database=self._made_for(folder))

    def drop(self) -> None:
        """Remove every database that was made."""
        for name in self._made:
            self._server.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _made_for(self, folder: Path) -> str:
        name = f"test_{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
        if name not in self._made:
            self._server.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
            self._made.add(name)
        return name

    def _urls(self, name: str) -> dict[str, str]:
        return {
            "database_url": self._server.url(name, SERVICE),
            "database_owner_url": self._server.url(name, OWNER),
            "audit_key": "a key of the audit log for tests",
        }


_chosen: list[Databases] = [SqliteFiles()]


@contextmanager
def databases_on(server: PostgresqlServer) -> Iterator[None]:
    """Within the block, the databases of tests are made on a server."""
    databases = PostgresqlDatabases(server)
    _chosen.append(databases)
    try:
        yield
    finally:
        _chosen.pop()
        databases.drop()


def chosen() -> Databases:
    """Where the databases of the running test are made."""
    return _chosen[-1]
