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


def test_keys_are_listed_rotated_and_revoked_by_their_public_part() -> None:
    pairwell("database", "upgrade")
    made = pairwell("keys", "create", "board", "--role", "auditor", "--days", "10").stdout
    prefix = made.split("_")[1]
    new = json.loads(pairwell("keys", "rotate", prefix, "--overlap-hours", "0", "--json").stdout)
    assert new["role"] == "auditor"
    other = new["key"].split("_")[1]
    assert pairwell("keys", "revoke", other).stdout == f"The key {other} is revoked.\n"
    listed = json.loads(pairwell("keys", "list", "--json").stdout)
    assert {key["prefix"]: key["state"] for key in listed} == {prefix: "expired", other: "revoked"}
    told = pairwell("keys", "list").stdout
    assert prefix in told
    assert "auditor" in told
    assert new["key"] not in told


def test_a_key_that_is_not_there_is_no_traceback() -> None:
    pairwell("database", "upgrade")
    done = pairwell("keys", "revoke", "0" * 12)
    assert done.exit_code == 2
    assert "there is no key" in done.stderr
