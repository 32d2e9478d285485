from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from service.operations.audit import check_log, record
from service.operations.keys import KeyRequest, create_key
from service.storage import audit
from service.storage.database import Database
from tests.service.databases import chosen
from tests.service.populated import queue_a_run
from tests.service.services import PROGRAMME, a_database, a_service, all_rows, some_settings

pytestmark = pytest.mark.anyio


async def test_an_act_that_is_taken_back_is_not_in_the_log(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        with pytest.raises(ZeroDivisionError):
            await _taken_back(database)
        async with database.reading(PROGRAMME) as store:
            assert await check_log(store) == (0, ())


async def test_where_the_log_cannot_be_written_the_act_does_not_happen(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        chosen().execute(tmp_path, "ALTER TABLE audit_log RENAME TO gone")
        with pytest.raises(Exception, match="audit_log"):
            async with database.writing(PROGRAMME) as store:
                await create_key(store, KeyRequest(name="hr-system"))
        chosen().execute(tmp_path, "ALTER TABLE gone RENAME TO audit_log")
        assert (await all_rows(tmp_path))["api_keys"] == []


async def test_acts_at_once_follow_one_another_in_the_log(tmp_path: Path) -> None:
    """Each act points at its programme before it asks for the end of the log."""
    async with a_database(tmp_path) as database:
        await asyncio.gather(*(queue_a_run(database, people=2) for _ in range(12)))
        async with database.reading(PROGRAMME) as store:
            assert await check_log(store) == (12, ())


async def test_nothing_is_written_down_without_a_key(tmp_path: Path) -> None:
    async with a_database(tmp_path):
        database = Database(some_settings(tmp_path).database_url)
        with pytest.raises(RuntimeError, match="audit"):
            async with database.writing(PROGRAMME) as store:
                await record(store, "round queued", "round:1")
        await database.close()


async def _taken_back(database: Database) -> None:
    async with database.writing(PROGRAMME) as store:
        await record(store, "round queued", "round:1")
        raise ZeroDivisionError


def test_a_round_leaves_who_did_what_and_no_name(tmp_path: Path) -> None:
    """The key that submitted it, and the worker that solved it; no person in any entry."""
    with a_service(tmp_path) as caller:
        caller.submitted()
        entries = caller.client.blocking_portal.call(_entries, tmp_path)
    assert [(entry.actor.partition(":")[0], entry.action) for entry in entries] == [
        ("service", "key made"),
        ("key", "round queued"),
        ("worker", "run finished"),
    ]
    assert "Mentor Nr" not in str(entries)
    assert "@" not in str(entries)


async def _entries(folder: Path) -> tuple[object, ...]:
    database = Database(some_settings(folder).database_url)
    async with database.reading(PROGRAMME) as store:
        found = await audit.some(store, 0, 100)
    await database.close()
    return found
