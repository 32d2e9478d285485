"""`pairwell database` and `pairwell keys`, on a database of their own."""

from __future__ import annotations

import json
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


@pytest.mark.parametrize("url", ["postgresql://somewhere/else", "gurk", "sqlite://"])
def test_a_database_that_is_not_supported_is_told_by_the_variable(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", url)
    done = pairwell("database", "upgrade")
    assert done.exit_code == 2
    assert "PAIRWELL_DATABASE_URL" in done.stderr


def test_a_key_is_the_only_thing_on_the_output() -> None:
    pairwell("database", "upgrade")
    done = pairwell("keys", "create", "hr-system")
    assert done.exit_code == 0
    assert done.stdout.startswith("pw_")
    assert len(done.stdout.split()) == 1
    assert "not shown again" in done.stderr


def test_a_key_can_be_had_as_json() -> None:
    pairwell("database", "upgrade")
    made = json.loads(pairwell("keys", "create", "hr-system", "--json").stdout)
    assert made["name"] == "hr-system"
    assert made["key"].startswith("pw_")


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\x1bb"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    pairwell("database", "upgrade")
    done = pairwell("keys", "create", name)
    assert done.exit_code == 2
    assert "KEY_NAME_REFUSED" in done.stderr


def test_without_a_schema_it_says_what_to_run() -> None:
    for command in (("keys", "create", "hr-system"), ("serve", "--port", "0")):
        done = pairwell(*command)
        assert done.exit_code == 1
        assert "pairwell database upgrade" in done.stderr
