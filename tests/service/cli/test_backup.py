"""`pairwell backup` and `pairwell database check`."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from service.storage.database import Database
from tests.service.cli.commands import pairwell


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "pairwell.sqlite3"
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setenv("PAIRWELL_AUDIT_KEY", "8f14e45fceea167a5a36dedd4bea2543a1b2c3d4")
    pairwell("database", "upgrade")
    pairwell("keys", "create", "hr-system")
    return path


def test_a_copy_is_made_for_its_owner_alone_and_can_take_the_databases_place(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.sqlite3"
    done = pairwell("backup", copy)
    assert done.exit_code == 0, done.stderr
    assert "pairwell database check" in done.stdout
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.sqlite3", database.name]
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", f"sqlite:///{copy}")
    checked = pairwell("database", "check", "--json")
    assert (checked.exit_code, json.loads(checked.stdout)) == (
        0,
        {"entries": 1, "results": 0, "certified": 0, "faults": []},
    )


def test_no_file_is_written_over(database: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("an older backup")
    done = pairwell("backup", there)
    assert done.exit_code == 2
    assert there.read_text() == "an older backup"


def test_a_database_that_cannot_be_read_leaves_nothing_behind(
    database: Path, tmp_path: Path
) -> None:
    database.write_bytes(b"no database at all" * 1000)
    assert pairwell("backup", tmp_path / "copy.sqlite3").exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == [database.name]


def test_a_postgresql_database_has_tools_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", "postgresql://me@host/base")
    done = pairwell("backup", tmp_path / "copy")
    assert done.exit_code == 2
    assert "pg_dump" in done.stderr


def test_whatever_is_wrong_with_a_database_is_told_at_once(database: Path) -> None:
    """The log was changed, and a row points at nothing."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DROP TRIGGER audit_log_no_update")
        connection.execute("UPDATE audit_log SET actor = 'somebody'")
        connection.execute("UPDATE api_keys SET programme_key = 'nowhere'")
    done = pairwell("database", "check")
    assert done.exit_code == 1
    assert "audit log, entry 1: " in done.stderr
    assert "a row of api_keys points at nothing" in done.stderr
    assert done.stdout.startswith("Rejected: 1 entries")


def test_others_may_write_while_a_copy_is_made(database: Path, tmp_path: Path) -> None:
    """What was committed before is in the copy, and an open transaction is not."""

    async def copied() -> None:
        other = Database(f"sqlite+aiosqlite:///{database}")
        try:
            async with other.across_programmes(writing=True):
                done = await asyncio.to_thread(pairwell, "backup", tmp_path / "copy.sqlite3")
                assert done.exit_code == 0, done.stderr
        finally:
            await other.close()

    asyncio.run(copied())
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM api_keys").fetchall() == [(1,)]
