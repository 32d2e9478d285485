"""What counts as an outage, which passes, and what is a mistake, which does not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.errors import DatabaseUnavailable
from service.storage import sqlite
from service.storage.outages import outages_at_work, outages_while_opening
from tests.service.services import PROGRAMME, a_database


class Failed(Exception):  # noqa: N818 - as drivers have it
    """An error of a driver, of whichever one."""

    def __init__(self, **codes: object) -> None:
        vars(self).update(codes)


@pytest.mark.parametrize(
    ("failed", "code"),
    [
        (Failed(sqlstate="53100"), "DATABASE_FULL"),
        (Failed(sqlite_errorcode=13), "DATABASE_FULL"),
        (Failed(sqlite_errorcode=10 + (12 << 8)), "DATABASE_UNAVAILABLE"),
        (Failed(sqlstate="57P01"), "DATABASE_UNAVAILABLE"),
        (Failed(sqlstate="08006"), "DATABASE_UNAVAILABLE"),
        (Failed(sqlstate="53300"), "DATABASE_UNAVAILABLE"),
    ],
    ids=lambda given: str(getattr(given, "__dict__", given)),
)
def test_an_error_of_the_database_itself_is_an_outage(failed: Failed, code: str) -> None:
    with pytest.raises(DatabaseUnavailable) as refused, outages_at_work():
        raise DBAPIError("SELECT 1", {}, failed)
    assert [issue.code for issue in refused.value.issues] == [code]


def test_a_connection_that_is_lost_is_an_outage_whatever_was_said_last() -> None:
    for error in (
        DBAPIError("", {}, Failed(), connection_invalidated=True),
        OSError(),
        TimeoutError(),
    ):
        with pytest.raises(DatabaseUnavailable), outages_at_work():
            raise error


def test_a_mistake_of_ours_is_no_outage_but_for_one_made_while_opening() -> None:
    for failed in (Failed(sqlstate="23505"), Failed(sqlite_errorcode=1), Failed()):
        with pytest.raises(DBAPIError), outages_at_work():
            raise DBAPIError("SELECT 1", {}, failed)
    with pytest.raises(DatabaseUnavailable), outages_while_opening():
        raise ValueError


@pytest.mark.anyio
async def test_an_unknown_table_is_no_outage(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        with pytest.raises(DBAPIError):
            async with database.reading(PROGRAMME) as store:
                await store.session.execute(text("SELECT 1 FROM nowhere"))


@pytest.mark.anyio
@pytest.mark.only_on("sqlite")
async def test_a_lock_that_is_not_given_in_time_is_an_outage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 0.05)
    async with a_database(tmp_path) as database, database.writing(PROGRAMME):
        with pytest.raises(DatabaseUnavailable):
            async with database.writing(PROGRAMME):
                pass


@pytest.mark.anyio
@pytest.mark.only_on("postgresql")
async def test_of_two_that_wait_for_each_other_one_is_told_to_come_back(tmp_path: Path) -> None:
    async def take(first: int, then: int) -> None:
        async with database.writing(PROGRAMME) as store:
            await store.session.execute(text(f"SELECT pg_advisory_xact_lock({first})"))
            await both.wait()
            await store.session.execute(text(f"SELECT pg_advisory_xact_lock({then})"))

    both = asyncio.Barrier(2)
    async with a_database(tmp_path) as database:
        ends = await asyncio.gather(take(1, 2), take(2, 1), return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == ["DatabaseUnavailable", "NoneType"]
