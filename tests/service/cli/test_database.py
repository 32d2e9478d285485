"""`pairwell database`, on a database of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell, written


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database that the settings name; it does not exist yet."""
    path = tmp_path / "pairwell.sqlite3"
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", f"sqlite:///{path}")
    return path


def test_an_upgrade_makes_the_database_and_may_be_repeated(database: Path) -> None:
    assert pairwell("database", "upgrade").exit_code == 0
    assert database.stat().st_size > 0
    assert pairwell("database", "upgrade").exit_code == 0


def test_a_downgrade_takes_the_tables_away_again() -> None:
    pairwell("database", "upgrade")
    assert pairwell("database", "downgrade", "base").exit_code == 0
    assert pairwell("keys", "create", "hr-system").exit_code == 1


def test_a_revision_that_does_not_exist_is_invalid_input() -> None:
    pairwell("database", "upgrade")
    done = pairwell("database", "downgrade", "gurk")
    assert done.exit_code == 2
    assert "gurk" in done.stderr


def test_a_file_that_is_no_database_is_an_error(database: Path) -> None:
    written(database, "hello, I am a letter\n" * 100)
    done = pairwell("database", "upgrade")
    assert done.exit_code == 1
    assert "not a database" in done.stderr


@pytest.mark.parametrize(
    "url", ["mysql://somewhere/else", "postgresql://somewhere", "gurk", "sqlite://"]
)
def test_a_database_that_is_not_supported_is_told_by_the_variable(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", url)
    done = pairwell("database", "upgrade")
    assert done.exit_code == 2
    assert "PAIRWELL_DATABASE_URL" in done.stderr
