"""A run is taken up once, however many workers ask for one at the same time."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Select

from service.operations.work import claim_run
from service.storage import runs
from service.storage.database import Database
from tests.service.populated import populate, queue_a_run
from tests.service.services import LONG_ENOUGH, PROGRAMME, a_database

pytestmark = pytest.mark.anyio

WORKERS, RUNS = 8, 60
OTHER = "other"


async def test_many_workers_at_once_take_every_run_up_once(
    tmp_path: Path, database_kind: str
) -> None:
    """Each worker has connections of its own, as in a process of its own."""
    async with a_database(tmp_path) as database:
        await populate(database, OTHER, rounds=0)
        queued = [
            await queue_a_run(database, programme, people=2)
            for _ in range(RUNS // 2)
            for programme in (PROGRAMME, OTHER)
        ]
        taken = await asyncio.gather(*(_work_through_the_queue(tmp_path) for _ in range(WORKERS)))
    times = Counter(run for by_one in taken for run in by_one)
    busy = sum(1 for by_one in taken if by_one)
    twice = times.total() - len(times)
    print(f"{busy} of {WORKERS} workers took up {len(times)} runs, {twice} of them twice")
    assert set(queued) <= set(times)
    assert twice == 0
    assert busy > 1 or database_kind == "sqlite"


async def test_a_run_that_is_being_taken_up_is_passed_over(
    tmp_path: Path, database_kind: str
) -> None:
    """On SQLite the second worker waits for the first; on either, each has a run of its own."""
    patience = 0.1 if database_kind == "sqlite" else LONG_ENOUGH
    async with a_database(tmp_path) as database:
        queued = [await queue_a_run(database, people=2) for _ in range(2)]
        assert await _two_at_once(database, patience) == queued


@pytest.mark.only_on("postgresql")
async def test_without_the_lock_a_run_would_be_taken_up_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: the fault that the lock prevents does happen without it."""

    def no_lock(select: Select[Any], **_options: bool) -> Select[Any]:
        return select

    async with a_database(tmp_path) as database:
        queued = [await queue_a_run(database, people=2) for _ in range(2)]
        monkeypatch.setattr(Select, "with_for_update", no_lock)
        assert await _two_at_once(database, LONG_ENOUGH) == [queued[0], queued[0]]


async def _work_through_the_queue(folder: Path) -> list[UUID]:
    taken = []
    async with a_database(folder) as database:
        while True:
            async with database.across_programmes(writing=True) as session:
                claim = await claim_run(session)
            if claim is None:
                return taken
            taken.append(claim.run.id)


async def _two_at_once(database: Database, patience: float) -> list[UUID]:
    """What two workers take up when the second is answered before the first has committed."""
    answered = asyncio.Event()

    async def second() -> UUID:
        async with database.across_programmes(writing=True) as session:
            found = await runs.claim_next(session, datetime.now(UTC))
            answered.set()
        assert found is not None
        return found[1].id

    async with database.across_programmes(writing=True) as session:
        first = await runs.claim_next(session, datetime.now(UTC))
        await session.flush()
        other = asyncio.create_task(second())
        with suppress(TimeoutError):
            await asyncio.wait_for(answered.wait(), patience)
    assert first is not None
    return [first[1].id, await other]
