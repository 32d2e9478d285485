from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from service.errors import DatabaseUnavailable, TooManyRequests
from service.operations.rate_limits import LOTS, RateLimits, require_allowance
from service.storage import allowances
from tests.service.clocks import Clock
from tests.service.lots import lots_taken
from tests.service.populated import populate
from tests.service.services import PROGRAMME, a_database, all_rows

pytestmark = pytest.mark.anyio

MOST = 40


async def passed(limits: RateLimits, times: int, programme: str = PROGRAMME, key: str = "k") -> int:
    """How many of so many requests at once get through."""
    many = await asyncio.gather(*(limits.spend(programme, key) for _ in range(times)))
    return sum(not any(each.passed for each in standings) for standings in many)


async def test_a_key_has_its_requests_of_a_minute_and_then_those_of_the_next(
    tmp_path: Path,
) -> None:
    clock = Clock()
    async with a_database(tmp_path) as database:
        limits = RateLimits(database, MOST, 10 * MOST, clock)
        assert await passed(limits, MOST + 5) == MOST
        assert await passed(limits, 3, key="another") == 3
        (standing,) = await limits.spend(PROGRAMME, "k")
        clock.now += standing.seconds
        assert await passed(limits, MOST + 5) == MOST


async def test_processes_share_one_limit(tmp_path: Path) -> None:
    """Three with connections of their own: together no more than the limit, and less only by
    the lots that the others hold."""
    async with a_database(tmp_path) as one, a_database(tmp_path) as two, a_database(tmp_path) as x:
        each = [RateLimits(database, MOST, 10 * MOST, Clock()) for database in (one, two, x)]
        through = sum(await asyncio.gather(*(passed(limits, MOST) for limits in each)))
    assert MOST - 2 * (MOST // LOTS) <= through <= MOST


async def test_all_keys_of_a_programme_share_its_limit_and_no_other_programme_feels_it(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        await populate(database, "other", rounds=0)
        limits = RateLimits(database, MOST, MOST + 2, Clock())
        assert await passed(limits, MOST, key="a") == MOST
        assert await passed(limits, MOST, key="b") == 2
        assert await passed(limits, MOST, "other", key="c") == MOST


async def test_few_requests_cost_a_write_and_those_too_many_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = lots_taken(monkeypatch)
    async with a_database(tmp_path) as database:
        limits = RateLimits(database, MOST, 1000 * MOST, Clock())
        assert await passed(limits, 10 * MOST) == MOST
    assert len(taken) == 1 + LOTS + 1  # one for the programme; the last finds nothing left


async def test_what_is_over_is_forgotten(tmp_path: Path) -> None:
    clock = Clock()
    async with a_database(tmp_path) as database:
        limits = RateLimits(database, MOST, MOST, clock)
        for _ in range(3 * allowances.MINUTES_KEPT):
            assert await passed(limits, 1) == 1
            clock.now += 60
    assert len((await all_rows(tmp_path))["allowances"]) == 2 * allowances.MINUTES_KEPT


async def test_while_the_database_is_gone_nobody_is_kept_out_by_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_given: object) -> int:
        raise DatabaseUnavailable(())

    monkeypatch.setattr(allowances, "take", gone)
    async with a_database(tmp_path) as database:
        assert await passed(RateLimits(database, 1, 1, Clock()), 5) == 5


async def test_who_is_refused_is_told_when_to_come_back(tmp_path: Path) -> None:
    clock = Clock()
    clock.now += 12.5 - clock.now % 60
    async with a_database(tmp_path) as database:
        limits = RateLimits(database, 1, 5, clock)
        require_allowance(await limits.spend(PROGRAMME, "k"))
        with pytest.raises(TooManyRequests) as refused:
            require_allowance(await limits.spend(PROGRAMME, "k"))
    assert refused.value.seconds == 48
    assert refused.value.issues[0].code == "TOO_MANY_REQUESTS"
