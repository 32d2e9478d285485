"""The commands on PostgreSQL: with a role that owns the tables, and one that serves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import SUPERUSER, PostgresqlServer
from tests.service.cli.commands import pairwell
from tests.service.databases import chosen, databases_on


@pytest.fixture(autouse=True)
def on_postgresql(postgresql_server: PostgresqlServer) -> Iterator[None]:
    """The folders of these tests have their databases on the server."""
    with databases_on(postgresql_server):
        yield


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database with nothing in it, named by the environment as by whoever runs the service."""
    for name, url in chosen().urls(tmp_path).items():
        monkeypatch.setenv(f"PAIRWELL_{name.upper()}", url)


@pytest.mark.usefixtures("database")
def test_an_upgrade_makes_the_tables_and_gives_the_service_its_rights() -> None:
    for _ in range(2):
        done = pairwell("database", "upgrade")
        assert done.exit_code == 0, done.stderr
        assert "is up to date" in done.stdout
    made = pairwell("keys", "create", "hr-system")
    assert made.exit_code == 0, made.stderr
    assert made.stdout.startswith("pw_")


@pytest.mark.usefixtures("database")
def test_a_downgrade_takes_the_tables_away_again() -> None:
    pairwell("database", "upgrade")
    assert pairwell("database", "downgrade", "base").exit_code == 0
    done = pairwell("keys", "create", "hr-system")
    assert done.exit_code == 1
    assert "pairwell database upgrade" in done.stderr


@pytest.mark.slow
def test_the_demo_can_use_a_database_that_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One role owns the tables and serves."""
    named = chosen().urls(tmp_path)
    url = named["database_owner_url"]
    monkeypatch.setenv("PAIRWELL_AUDIT_KEY", named["audit_key"])
    done = pairwell("demo", "--no-serve", "--folder", tmp_path / "unused", "--database-url", url)
    assert done.exit_code == 0, done.stderr
    assert "certified optimal" in done.stdout
    assert not (tmp_path / "unused").exists()


def test_without_a_key_of_the_audit_log_it_says_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a server there is no file to keep one in."""
    url = chosen().urls(tmp_path)["database_owner_url"]
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", url)
    assert pairwell("database", "upgrade").exit_code == 0
    done = pairwell("keys", "create", "hr-system")
    assert done.exit_code == 2
    assert "PAIRWELL_AUDIT_KEY" in done.stderr


def test_a_role_that_no_policy_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = chosen().unrestricted_url(tmp_path)
    assert SUPERUSER in url
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", url)
    done = pairwell("database", "upgrade")
    assert done.exit_code == 1
    assert "DATABASE_ROLE_REFUSED" in done.stderr
    assert "BYPASSRLS" in done.stderr


def test_a_server_that_is_not_there_is_an_error_without_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"postgresql://me:secret@/base?host={tmp_path}"
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", url)
    done = pairwell("database", "upgrade")
    assert done.exit_code == 1
    assert "the database cannot be used: " in done.stderr
    assert "secret" not in done.stderr
