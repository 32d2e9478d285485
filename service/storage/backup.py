"""Copies of a SQLite database while it is in use, and whether one is whole."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from service.storage.database import Database

PAGES_AT_ONCE = 1000
"""Between two steps others may write; the copy is then begun anew by SQLite itself."""


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that others may be writing to. Whole or not at all; readable by its owner.

    Raises OSError and sqlite3.Error where that cannot be done.
    """
    made = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as original,
            closing(sqlite3.connect(made)) as copy,
        ):
            original.backup(copy, pages=PAGES_AT_ONCE)
        with made.open("rb") as file:
            os.fsync(file.fileno())
        # Never over another backup: the link is refused where there is such a file.
        os.link(made, target)
    finally:
        made.unlink()


async def faults_of(database: Database) -> tuple[str, ...]:
    """What SQLite finds wrong with its own file; PostgreSQL has `pg_amcheck` for that."""
    async with database.connection(writing=False) as connection:
        if connection.dialect.name != "sqlite":
            return ()
        found = (await connection.execute(text("PRAGMA integrity_check"))).scalars()
        faults = [str(line) for line in found if line != "ok"]
        dangling = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
        return (*faults, *(f"a row of {row[0]} points at nothing" for row in dangling))
