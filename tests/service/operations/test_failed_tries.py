from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from service.operations.failed_tries import GROUPS, MOST_TRIES, FailedTries
from service.operations.rate_limits import RateLimits
from service.storage.database import Database
from tests.service.clocks import Clock
from tests.service.lots import lots_taken
from tests.service.services import a_database, all_rows

pytestmark = pytest.mark.anyio


def tries_in(database: Database, clock: Clock) -> FailedTries:
    return FailedTries(RateLimits(database, per_caller=1, per_programme=1, clock=clock))


async def told(tries: FailedTries, times: int, address: str = "192.0.2.1") -> int:
    """How many of so many tries at once are told why they failed."""
    waits = await asyncio.gather(*(tries.seconds_to_wait(address) for _ in range(times)))
    return waits.count(0)


async def test_some_tries_are_told_and_then_there_is_a_wait_that_ends_with_the_minute(
    tmp_path: Path,
) -> None:
    clock = Clock()
    async with a_database(tmp_path) as database:
        tries = tries_in(database, clock)
        clock.now += 12.5
        assert await told(tries, MOST_TRIES + 5) == MOST_TRIES
        assert await tries.seconds_to_wait("192.0.2.1") == 48
        assert await told(tries, 1, "192.0.2.2") == 1
        clock.now += 48
        assert await told(tries, MOST_TRIES + 5) == MOST_TRIES


async def test_processes_count_together(tmp_path: Path) -> None:
    """Three with connections of their own; one that comes later knows of what was before it."""
    clock = Clock()
    async with a_database(tmp_path) as one, a_database(tmp_path) as two, a_database(tmp_path) as x:
        each = [tries_in(database, clock) for database in (one, two, x)]
        assert sum(await asyncio.gather(*(told(tries, MOST_TRIES) for tries in each))) == MOST_TRIES
        assert await told(tries_in(one, clock), 1) == 0


async def test_a_flood_from_one_place_is_written_down_a_few_times_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = lots_taken(monkeypatch)
    async with a_database(tmp_path) as database:
        await told(tries_in(database, Clock()), 100 * MOST_TRIES)
    assert len(taken) == MOST_TRIES + 1  # the last finds nothing left


async def test_a_flood_from_everywhere_makes_few_rows_and_none_with_an_address(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        tries = tries_in(database, Clock())
        for number in range(2 * GROUPS):
            await tries.seconds_to_wait(f"2001:db8::{number:x}")
    rows = (await all_rows(tmp_path))["allowances"]
    assert GROUPS / 2 < len(rows) <= GROUPS
    assert "2001" not in str(rows)
