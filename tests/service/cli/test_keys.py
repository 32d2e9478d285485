"""`pairwell keys`, on a database of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", f"sqlite:///{tmp_path}/pairwell.sqlite3")


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
    done = pairwell("keys", "create", "hr-system")
    assert done.exit_code == 1
    assert "pairwell database upgrade" in done.stderr
