"""Migrations of databases that hold something: up, down, up again, and killed half-way."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from service.operations.audit import check_log
from service.operations.database import upgrade_database
from service.security.audit_chain import Broken
from service.storage import schema
from service.storage.database import Database
from tests.conftest import FIGURE
from tests.reliability.machine import load
from tests.service.databases import chosen
from tests.service.populated import Contents, contents, populate
from tests.service.services import PROGRAMME, a_database, some_settings, the_owners_database

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
LONGEST_UPGRADE = 60.0
SIZES = [
    pytest.param(2, 40, id="small"),
    pytest.param(10, 7000, id="large", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("rounds", "people"), SIZES)
async def test_every_revision_goes_down_and_up_and_keeps_what_it_can_hold(
    tmp_path: Path,
    rounds: int,
    people: int,
    database_kind: str,
    record_property: Callable[[str, object], None],
) -> None:
    """Whatever an older revision has a place for is there afterwards, row for row."""
    async with a_database(tmp_path) as database:
        await populate(database, rounds=rounds, people=people)
        entries, _ = await _checked_log(database)
    # The one thing that an older revision has no place for: events of rounds.
    chosen().execute(tmp_path, "DELETE FROM outbox WHERE run_id IS NULL")
    before, seconds = await _contents(tmp_path), []
    async with the_owners_database(tmp_path) as owner:
        for revision in _older_revisions():
            await schema.downgrade(owner, revision)
            older = await _contents(tmp_path)
            _assert_the_same(older, before)
            started = time.perf_counter()
            await upgrade_database(some_settings(tmp_path))
            seconds.append(time.perf_counter() - started)
            _assert_the_same(await _contents(tmp_path), older)
            assert await schema.is_current(owner)
            async with a_database(tmp_path) as database:
                kept, broken = await _checked_log(database)
            assert broken == ()
            assert kept == (entries if ("audit_log", "code") in older else 0)
    rows = sum({table: count for (table, _), (count, _) in before.items()}.values())
    record_property(
        FIGURE,
        f"R20 {database_kind}: {len(seconds)} revisions down and up on {rows} rows, nothing lost, "
        f"{entries} entries of the log in order; up in {max(seconds):.1f} s at most",
    )
    assert entries
    assert rows > rounds * people
    assert max(seconds) <= LONGEST_UPGRADE * load()


async def test_a_migrated_schema_is_the_one_of_an_empty_database(tmp_path: Path) -> None:
    """Neither the way nor what the tables hold makes a difference."""
    async with a_database(tmp_path) as database:
        await populate(database)
    (fresh := tmp_path / "fresh").mkdir()
    async with the_owners_database(tmp_path) as owner, the_owners_database(fresh) as new:
        await schema.downgrade(owner, _older_revisions()[-1])
        await schema.upgrade(owner)
        await schema.upgrade(new)
    assert set(await _contents(tmp_path)) == set(await _contents(fresh))


@pytest.mark.slow
async def test_a_migration_that_is_killed_anywhere_can_be_run_again(tmp_path: Path) -> None:
    """SIGKILL at one statement of an upgrade after the other: nothing of it is ever left."""
    async with a_database(tmp_path) as database:
        await populate(database, people=20)
    settings = some_settings(tmp_path)
    owner_url = settings.database_owner_url or settings.database_url
    async with the_owners_database(tmp_path) as owner:
        await schema.downgrade(owner, _older_revisions()[-1])
    before = await _contents(tmp_path)
    script = [sys.executable, "-m", "tests.service.storage.killed_migration"]
    done = subprocess.run(
        [*script, owner_url, chosen().unrestricted_url(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    print(done.stdout)
    kills, left_something = map(int, re.findall(r"\d+", done.stdout))
    assert kills >= 1
    assert left_something == 0
    async with the_owners_database(tmp_path) as owner:
        assert await schema.is_current(owner)
    _assert_the_same(await _contents(tmp_path), before)


async def _checked_log(database: Database) -> tuple[int, tuple[Broken, ...]]:
    async with database.reading(PROGRAMME) as store:
        return await check_log(store)


def _older_revisions() -> list[str]:
    """Every revision but the newest, from the younger to the older."""
    _newest, *older = ScriptDirectory.from_config(schema._config()).walk_revisions()
    return [script.revision for script in older]


async def _contents(folder: Path) -> Contents:
    database = Database(chosen().unrestricted_url(folder), migrating=True)
    try:
        return await contents(database)
    finally:
        await database.close()


def _assert_the_same(found: Contents, expected: Contents) -> None:
    """In every column that both have; the version's own table is not compared."""
    assert set(_of_tables(found, expected))
    for place in _of_tables(found, expected):
        assert found[place] == expected[place], place


def _of_tables(found: Contents, expected: Contents) -> Iterator[tuple[str, str]]:
    return (place for place in found.keys() & expected.keys() if place[0] != "alembic_version")
