"""The rules of the decision on SQLite's journal, and what a transaction promises."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from models.domain.run import Run
from models.reference import civil_service
from models.tables import ProgrammeRow
from service.storage import programmes, runs
from tests.service.databases import chosen
from tests.service.services import LONG_ENOUGH, PROGRAMME, a_database

pytestmark = pytest.mark.anyio

EXPECTED = {"journal_mode": "delete", "synchronous": 2, "foreign_keys": 1, "mmap_size": 0}


@pytest.mark.only_on("sqlite")
async def test_every_connection_keeps_the_rollback_journal_and_syncs_fully(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        for writing in (False, True):
            async with database.connection(writing=writing) as connection:
                found = {
                    pragma: (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar()
                    for pragma in EXPECTED
                }
            assert found == EXPECTED


@pytest.mark.only_on("sqlite")
async def test_a_database_that_was_left_in_wal_mode_is_brought_back(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await database.close()
        with closing(sqlite3.connect(tmp_path / "test.sqlite3")) as careless:
            assert careless.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
        async with database.connection(writing=False) as connection:
            mode = (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar()
    assert mode == "delete"


async def test_a_block_that_raises_leaves_nothing_behind(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        with suppress(RuntimeError):
            async with database.writing(PROGRAMME) as store:
                await store.session.execute(text("DELETE FROM programmes"))
                raise RuntimeError
        async with database.reading(PROGRAMME) as store:
            assert await programmes.find(store) == civil_service()


async def test_a_reader_sees_one_state_while_a_writer_commits(
    tmp_path: Path, database_kind: str
) -> None:
    """In SQLite's rollback journal a commit waits for readers; nobody fails or sees half."""

    async def rename() -> None:
        async with database.writing(PROGRAMME) as store:
            await store.session.execute(text("UPDATE programmes SET title = 'Other'"))

    title = text("SELECT title FROM programmes")
    async with a_database(tmp_path) as database:
        async with database.reading(PROGRAMME) as store:
            before = (await store.session.execute(title)).scalar()
            writing = asyncio.create_task(rename())
            waits = database_kind == "sqlite"
            done, _ = await asyncio.wait({writing}, timeout=0.05 if waits else LONG_ENOUGH)
            assert (await store.session.execute(title)).scalar() == before
            assert bool(done) is not waits
        await asyncio.wait_for(writing, LONG_ENOUGH)
        async with database.reading(PROGRAMME) as store:
            assert (await store.session.execute(title)).scalar() == "Other"


async def test_many_writers_at_once_all_come_to_their_turn(tmp_path: Path) -> None:
    async def count_up() -> None:
        async with database.writing(PROGRAMME) as store:
            title = await store.session.scalar(select(ProgrammeRow.title).with_for_update())
            await store.session.execute(update(ProgrammeRow).values(title=f"{title}+"))

    async with a_database(tmp_path) as database:
        await asyncio.gather(*(count_up() for _ in range(20)))
        async with database.reading(PROGRAMME) as store:
            title = (await store.session.execute(text("SELECT title FROM programmes"))).scalar()
    assert str(title) == civil_service().title + "+" * 20


async def test_a_row_cannot_point_into_another_programme(tmp_path: Path) -> None:
    """The run names a round that exists, and a programme that does not own it."""
    other = civil_service().model_copy(update={"key": "other"})
    round_id = uuid4()
    async with a_database(tmp_path) as database:
        async with database.across_programmes(writing=True) as session:
            await programmes.save(session, other)
        of_nobody = ", 'n', 'validated', 'd', 0, 0, 0, '2026-01-01', 1, 1"
        values = f"'{PROGRAMME}', '{round_id.hex}'{of_nobody}"
        chosen().execute(tmp_path, f"INSERT INTO rounds VALUES ({values})")  # noqa: S608
        run = Run(
            id=uuid4(),
            round_id=round_id,
            revision=1,
            status="queued",
            attempt=0,
            queued_at=datetime.now(UTC),
        )
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
            async with database.writing("other") as store:
                await runs.add(store, run)
        async with database.writing(PROGRAMME) as store:
            await runs.add(store, run)
