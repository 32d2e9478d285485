"""Requests under one key: what is made once, whoever else is at it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from models.domain.base import Frozen
from service.api.once import Once
from service.operations.idempotency import InFlight, Submission
from service.storage.database import Database, Store
from tests.service.runs import finished
from tests.service.services import PROGRAMME, a_database

pytestmark = pytest.mark.anyio


class Made(Frozen):
    """What a request has made."""

    run_id: UUID
    by: str


def a_request(database: Database, key: str | None = "once") -> Once:
    """A request in a process of its own."""
    submission = None if key is None else Submission(key, b"{}")
    return Once(database, PROGRAMME, "key:test", InFlight(), submission)


class Maker:
    """Makes something and counts how often it was stored."""

    def __init__(self, run_id: UUID) -> None:
        self.run_id, self.kept = run_id, list[str]()

    async def make(
        self,
        request: Once,
        name: str,
        meanwhile: Once | None = None,
        while_storing: Once | None = None,
    ) -> Made:
        async def prepare() -> str:
            if meanwhile is not None:
                await self.make(meanwhile, "another process")
            return name

        async def keep(_store: Store, prepared: str) -> tuple[UUID, Made]:
            if while_storing is not None:
                await self.make(while_storing, "another process")
            self.kept.append(prepared)
            return self.run_id, Made(run_id=self.run_id, by=prepared)

        return await request.answer(Made, prepare, keep)


async def test_a_repeat_gets_the_first_answer(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        maker = Maker((await finished(database)).id)
        answers = [await maker.make(a_request(database), name) for name in ("first", "second")]
    assert [answer.by for answer in answers] == ["first", "first"]
    assert maker.kept == ["first"]


async def test_whoever_is_slower_gets_the_answer_of_the_other(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        maker = Maker((await finished(database)).id)
        answer = await maker.make(a_request(database), "slow", meanwhile=a_request(database))
    assert answer.by == "another process"
    assert maker.kept == ["another process"]


@pytest.mark.only_on("postgresql")
async def test_what_two_processes_store_at_the_same_time_is_stored_once(tmp_path: Path) -> None:
    """Neither sees the other's answer before it stores its own; the key tells them apart."""
    async with a_database(tmp_path) as database:
        maker = Maker((await finished(database)).id)
        answer = await maker.make(a_request(database), "slow", while_storing=a_request(database))
    assert answer.by == "another process"
    assert maker.kept == ["another process", "slow"], "the second was undone with its transaction"


async def test_without_a_key_every_request_makes_something(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        maker = Maker((await finished(database)).id)
        for name in ("first", "second"):
            assert (await maker.make(a_request(database, None), name)).by == name
    assert maker.kept == ["first", "second"]
