"""`pairwell audit`, on a database that somebody else has written to."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell

KEYS = 3


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "pairwell.sqlite3"
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setenv("PAIRWELL_AUDIT_ANCHORS", str(tmp_path / "anchors.jsonl"))
    pairwell("database", "upgrade")
    for number in range(KEYS):
        pairwell("keys", "create", f"system-{number}")
    return path


def changed(path: Path, statement: str) -> None:
    """Somebody who may do anything with the file, and has taken its triggers away first."""
    with sqlite3.connect(path) as connection:
        for act in ("update", "delete"):
            connection.execute(f"DROP TRIGGER audit_log_no_{act}")
        assert connection.execute(statement).rowcount == 1
    connection.close()


def test_an_untouched_log_is_verified(database: Path) -> None:
    assert pairwell("audit", "anchor").stdout == f"Anchored at entry {KEYS}.\n"
    assert pairwell("audit", "anchor").stdout == "Nothing new to anchor.\n"
    done = pairwell("audit", "verify")
    assert (done.exit_code, done.stdout) == (
        0,
        f"Verified: {KEYS} entries, held against 1 anchors.\n",
    )


def test_a_changed_entry_is_named(database: Path) -> None:
    changed(database, "UPDATE audit_log SET actor = 'nobody' WHERE position = 2")
    done = pairwell("audit", "verify", "--json")
    assert done.exit_code == 1
    assert [fault["position"] for fault in json.loads(done.stdout)["broken"]] == [2]


def test_a_tail_that_is_gone_is_shown_by_the_anchor(database: Path) -> None:
    pairwell("audit", "anchor")
    changed(database, "DELETE FROM audit_log WHERE position = 3")
    done = pairwell("audit", "verify")
    assert done.exit_code == 1
    assert (
        f"entry {KEYS}: the entry was there when the log was anchored, and is gone" in done.stdout
    )


def test_the_database_itself_refuses_to_change_the_log(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        for statement in ("UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
    connection.close()


def test_the_key_is_beside_the_database_for_its_owner_alone(database: Path) -> None:
    key = database.with_name(database.name + ".audit-key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_text().encode() not in database.read_bytes()


def test_with_another_key_nothing_is_verified(database: Path) -> None:
    database.with_name(database.name + ".audit-key").write_text("0" * 64)
    assert pairwell("audit", "verify").exit_code == 1


def test_a_file_that_holds_no_key_is_refused(database: Path) -> None:
    database.with_name(database.name + ".audit-key").write_text("")
    done = pairwell("audit", "verify")
    assert done.exit_code == 2
    assert "AUDIT_KEY_REFUSED" in done.stderr
