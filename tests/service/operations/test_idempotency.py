from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.errors import BadRequest, KeyInFlight, RoundRefused
from service.operations.idempotency import (
    KEPT_FOR,
    InFlight,
    KeyTaken,
    Submission,
    recall,
    remember,
)
from tests.service.runs import queued
from tests.service.services import PROGRAMME, a_database

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SUBMISSION = Submission("a key", b"a body")


@pytest.mark.anyio
async def test_an_answer_is_remembered_for_a_day_and_then_forgotten(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        async with database.writing(PROGRAMME) as store:
            assert await recall(store, SUBMISSION, NOW) is None
            await remember(store, SUBMISSION, run.id, "an answer", NOW)
            found = await recall(store, SUBMISSION, NOW + timedelta(hours=24))
            assert found is not None
            assert (found.run_id, found.answer) == (run.id, "an answer")
            later = NOW + KEPT_FOR + timedelta(seconds=1)
            assert await recall(store, SUBMISSION, later) is None
            await remember(store, SUBMISSION, run.id, "another", later)
            newer = await recall(store, SUBMISSION, later)
    assert newer is not None
    assert newer.answer == "another"


@pytest.mark.anyio
async def test_a_key_is_refused_with_another_body(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        async with database.writing(PROGRAMME) as store:
            await remember(store, SUBMISSION, run.id, "an answer", NOW)
            with pytest.raises(RoundRefused) as refused:
                await recall(store, Submission("a key", b"a bodY"), NOW)
    assert refused.value.issues[0].code == "IDEMPOTENCY_KEY_REUSED"


@pytest.mark.anyio
async def test_a_key_belongs_to_its_programme(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        async with database.writing(PROGRAMME) as store:
            await remember(store, SUBMISSION, run.id, "an answer", NOW)
        async with database.reading("other") as store:
            assert await recall(store, SUBMISSION, NOW) is None


@pytest.mark.anyio
async def test_who_comes_second_with_a_key_cannot_store_it(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        async with database.writing(PROGRAMME) as store:
            await remember(store, SUBMISSION, run.id, "an answer", NOW)
        with pytest.raises(KeyTaken):
            async with database.writing(PROGRAMME) as store:
                await remember(store, SUBMISSION, run.id, "another", NOW)


def test_a_key_that_is_being_answered_is_refused_until_it_is() -> None:
    in_flight = InFlight()
    with in_flight.hold("two", "key"), in_flight.hold("one", "other"), in_flight.hold("one", "key"):
        second = in_flight.hold("one", "key")
        with pytest.raises(KeyInFlight), second:
            pass
    with in_flight.hold("one", "key"):
        pass


@pytest.mark.parametrize("key", ["", " ", " key", "key ", "k\tey", "schlüssel", "k" * 256])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(BadRequest) as refused:
        Submission(key, b"")
    assert refused.value.issues[0].code == "IDEMPOTENCY_KEY_INVALID"


@pytest.mark.parametrize("key", ["k", "a key", "k" * 255, '"8e03978e-40d5-43dd-bc93-6894a57f9324"'])
def test_any_short_printable_text_is_a_key(key: str) -> None:
    assert Submission(key, b"").key == key
