"""The disk under SQLite is full: it is told, nothing is half stored, and room mends it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.disks import MEGABYTE, a_disk, filled
from tests.service.services import Caller, HeldSolver, a_document, a_service

pytestmark = pytest.mark.only_on("sqlite")

SIZE = 4 * MEGABYTE
LEFT_FREE = (0, 4096, 16384, 40960, 65536, 90112)
"""So that a submission fails at its first page, in the journal, and in the middle of its rows."""


def test_a_full_disk_is_told_and_leaves_nothing_half_stored(tmp_path: Path) -> None:
    with a_disk(tmp_path, SIZE) as disk, a_service(disk, HeldSolver()) as caller:
        stored = 0
        refused = 0
        for free in LEFT_FREE:
            with filled(disk, free):
                answer = _submit(caller)
                assert caller.client.get("/health/live").status_code == 200
            assert _integrity(disk) == "ok"
            if answer.status_code == 503:
                refused += 1
                _assert_told(answer)
            else:
                assert answer.status_code == 202
                stored += 1
            assert _submit(caller).status_code == 202
            stored += 1
            counts = _counts(disk)
            assert counts["rounds"] == counts["runs"] == stored
            assert counts["identities"] == stored * 100
    print(f"{len(LEFT_FREE)} full disks, {refused} submissions refused, none half stored")
    assert refused >= 3


def _submit(caller: Caller) -> Any:
    return caller.post(a_document(mentors=100, mentees=100))


def _assert_told(answer: Any) -> None:
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["issues"][0]["code"] in ("DATABASE_FULL", "DATABASE_UNAVAILABLE")


def _integrity(disk: Path) -> str:
    with closing(sqlite3.connect(disk / "test.sqlite3")) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def _counts(disk: Path) -> dict[str, int]:
    with closing(sqlite3.connect(disk / "test.sqlite3")) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("rounds", "runs", "identities")
        }
