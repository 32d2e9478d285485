"""S9: whoever can write the whole database, and has no key, changes nothing unseen.

The verifier is `pairwell audit verify`, a process of its own. That a change of any one of 10,000
entries is found is shown in `tests/service/security/test_audit_chain.py`, entry by entry.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from service.operations.audit import record
from service.operations.database import upgrade_database
from service.security.audit_key import audit_key, key_path
from service.settings import Settings
from service.storage.database import Database
from tests.conftest import FIGURE
from tests.service.cli.commands import pairwell
from tests.service.services import PROGRAMME

pytestmark = pytest.mark.slow

ENTRIES = 10_000
SEED = int(os.environ.get("SEED", str(time.time_ns() % 1_000_000)))
FREE = 10**6
"""A position that no entry has, on the way from one to another."""

MUTATIONS: dict[str, tuple[str, ...]] = {
    "edited": ("UPDATE audit_log SET subject = 'run:0' WHERE position = :p",),
    "given another code": ("UPDATE audit_log SET code = :code WHERE position = :p",),
    "dated back": ("UPDATE audit_log SET at = '2020-01-01 00:00:00' WHERE position = :p",),
    "deleted": ("DELETE FROM audit_log WHERE position = :p",),
    "deleted and closed up": (
        "DELETE FROM audit_log WHERE position = :p",
        "UPDATE audit_log SET position = -position WHERE position > :p",
        "UPDATE audit_log SET position = -position - 1 WHERE position < 0",
    ),
    "inserted": (
        "UPDATE audit_log SET position = -position WHERE position >= :p",
        "UPDATE audit_log SET position = 1 - position WHERE position < 0",
        """INSERT INTO audit_log
        SELECT programme_key, :p, at, actor, action, 'run:0', details, code
        FROM audit_log WHERE position = :p + 1""",
    ),
    "swapped": (
        "UPDATE audit_log SET position = :free WHERE position = :p",
        "UPDATE audit_log SET position = :p WHERE position = :p + 1",
        "UPDATE audit_log SET position = :p + 1 WHERE position = :free",
    ),
    "cut off": ("DELETE FROM audit_log WHERE position >= :p",),
}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of 10,000 acts, its key, and an anchor at the last one."""
    folder = tmp_path_factory.mktemp("log")
    settings = Settings(database_url=f"sqlite:///{folder / 'log.sqlite3'}")

    async def write() -> None:
        await upgrade_database(settings)
        database = Database(settings.database_url, audit_key(settings))
        async with database.writing(PROGRAMME) as store:
            for number in range(ENTRIES):
                await record(store, "run finished", f"run:{number}", solve_status="optimal")
        await database.close()

    asyncio.run(write())
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PAIRWELL_DATABASE_URL", settings.database_url)
        assert pairwell("audit", "anchor", "--anchors", folder / "anchors.jsonl").exit_code == 0
    return folder


def test_the_log_as_it_was_written_is_verified(log: Path, tmp_path: Path) -> None:
    assert _verified(_copy(log, tmp_path)) == (0, [])


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_whatever_is_done_to_an_entry_is_found(
    log: Path, tmp_path: Path, mutation: str, record_property: Callable[[str, object], None]
) -> None:
    place = random.Random(f"{SEED} {mutation}").randrange(2, ENTRIES - 1)
    database = _copy(log, tmp_path)
    with closing(sqlite3.connect(database)) as file, file:
        for act in ("update", "delete"):
            file.execute(f"DROP TRIGGER audit_log_no_{act}")
        for statement in MUTATIONS[mutation]:
            given = {"p": place, "free": FREE, "code": "0" * 64}
            used = {name: value for name, value in given.items() if f":{name}" in statement}
            assert file.execute(statement, used).rowcount
    exit_code, broken = _verified(database)
    record_property(
        FIGURE, f"S9 seed {SEED}: entry {place:,} of {ENTRIES:,} {mutation}: exit code {exit_code}"
    )
    assert exit_code == 1
    first = broken[0]["position"]
    assert first in ((place, place + 1) if mutation != "cut off" else (ENTRIES,))


def test_a_log_written_anew_under_another_key_is_found(log: Path, tmp_path: Path) -> None:
    """Which of the two keys is the forger's makes no difference to the verifier."""
    database = _copy(log, tmp_path)
    settings = Settings(database_url=f"sqlite:///{database}")
    key_path(settings).write_text("0" * 64)
    exit_code, broken = _verified(database)
    assert (exit_code, len(broken)) == (1, ENTRIES)


def _copy(log: Path, folder: Path) -> Path:
    shutil.copytree(log, folder, dirs_exist_ok=True)
    return folder / "log.sqlite3"


def _verified(database: Path) -> tuple[int, list[dict[str, Any]]]:
    program = Path(sys.executable).with_name("pairwell")
    anchors = database.with_name("anchors.jsonl")
    done = subprocess.run(
        [program, "audit", "verify", "--json", "--anchors", anchors],
        env=os.environ | {"PAIRWELL_DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout)["broken"]
