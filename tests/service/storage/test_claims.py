"""A run is taken up once, however many workers ask for one at the same time."""

from __future__ import annotations

import asyncio
from collections import Counter
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
from tests.service.services import PROGRAMME, a_database

pytestmark = pytest.mark.anyio

WORKERS, RUNS = 8, 60
OTHER = "other"


async def test_many_workers_at_once_take_every_run_up_once(tmp_path: Path) -> None:
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
    print(
        f"{len(times)} runs, {WORKERS} workers ({busy} got some): taken twice {RUNS + 1 - times.total()}"
    )
    assert set(queued) <= set(times)
    assert set(times.values()) == {1}
    assert busy > 1


async def test_a_run_that_is_being_taken_up_is_passed_over_without_waiting(tmp_path: Path) -> None:
    """On SQLite the second worker waits for the first; on either, each has a run of its own."""
    async with a_database(tmp_path) as database:
        queued = [await queue_a_run(database, people=2) for _ in range(2)]
        assert await _two_at_once(database) == queued


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
        assert await _two_at_once(database) == [queued[0], queued[0]]


async def _work_through_the_queue(folder: Path) -> list[UUID]:
    taken = []
    async with a_database(folder) as database:
        while True:
            async with database.across_programmes(writing=True) as session:
                claim = await claim_run(session)
            if claim is None:
                return taken
            taken.append(claim.run.id)


async def _two_at_once(database: Database) -> list[UUID]:
    """What two workers take up when the second asks before the first has committed."""
    asked = asyncio.Event()

    async def second() -> UUID:
        async with database.across_programmes(writing=True) as session:
            asked.set()
            found = await runs.claim_next(session, datetime.now(UTC))
        assert found is not None
        return found[1].id

    async with database.across_programmes(writing=True) as session:
        first = await runs.claim_next(session, datetime.now(UTC))
        await session.flush()
        other = asyncio.create_task(second())
        await asyncio.wait({other}, timeout=0.2)
    assert first is not None
    return [first[1].id, await other]
