"""Who counts as dead: by silence alone, measured by the clock of the one who watches."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from models.domain.run import SignOfLife
from service.operations.recovery import Watch, signs_of_life, take_back_run
from service.operations.rounds import read_round_summary
from service.operations.runs import read_run
from service.operations.work import fail_run, report_run
from tests.service.clocks import Clock
from tests.service.runs import FAILURE, claimed, queued
from tests.service.services import PROGRAMME, a_database

RUN = uuid4()


def a_sign(beat: int = 0, attempt: int = 1, run: UUID = RUN) -> SignOfLife:
    return SignOfLife(programme=PROGRAMME, run_id=run, attempt=attempt, beat=beat)


def test_a_run_is_silent_when_its_sign_stays_the_same_for_a_lease() -> None:
    clock = Clock()
    watch = Watch(30.0, clock)
    assert watch.silent([a_sign()]) == []
    clock.now = 29.9
    assert watch.silent([a_sign()]) == []
    clock.now = 30.0
    assert watch.silent([a_sign()]) == [a_sign()]


@pytest.mark.parametrize("newer", [a_sign(beat=1), a_sign(attempt=2)])
def test_any_sign_of_life_begins_a_new_lease(newer: SignOfLife) -> None:
    clock = Clock()
    watch = Watch(30.0, clock)
    watch.silent([a_sign()])
    clock.now = 29.0
    assert watch.silent([newer]) == []
    clock.now = 58.9
    assert watch.silent([newer]) == []
    clock.now = 59.0
    assert watch.silent([newer]) == [newer]


def test_a_watcher_that_was_held_up_itself_takes_nobody_for_dead() -> None:
    """Its clock has gone on, but so have the others' beats."""
    clock = Clock()
    watch = Watch(30.0, clock)
    watch.silent([a_sign(beat=5)])
    clock.now = 3600.0
    assert watch.silent([a_sign(beat=700)]) == []


def test_a_run_that_was_away_in_between_is_watched_from_anew() -> None:
    clock = Clock()
    watch = Watch(30.0, clock)
    watch.silent([a_sign()])
    clock.now = 10.0
    watch.silent([])
    clock.now = 39.0
    assert watch.silent([a_sign()]) == []


@pytest.mark.anyio
async def test_a_run_that_gave_a_sign_after_all_is_not_taken_back(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await queued(database)
        claim = await claimed(database)
        async with database.writing(PROGRAMME) as store:
            (last,) = await signs_of_life(store.session)
            assert await report_run(store, claim.run) == "held"
            assert not await take_back_run(store, last, retries=2)
            (newer,) = await signs_of_life(store.session)
            assert (newer.beat, newer.attempt) == (last.beat + 1, last.attempt)
            assert await take_back_run(store, newer, retries=2)
            assert not await take_back_run(store, newer, retries=2)
            assert await report_run(store, claim.run) == "lost"
            assert (await read_run(store, claim.run.id)).status == "queued"


@pytest.mark.anyio
async def test_a_run_that_is_lost_too_often_is_given_up_with_a_reason(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        for losses in range(1, 4):
            claim = await claimed(database)
            async with database.writing(PROGRAMME) as store:
                (last,) = await signs_of_life(store.session)
                assert await take_back_run(store, last, retries=2)
                seen = await read_run(store, run.id)
                assert seen.status == ("queued" if losses < 3 else "failed")
        async with database.writing(PROGRAMME) as store:
            assert not await fail_run(store, claim.run, FAILURE)
            seen = await read_run(store, run.id)
            assert (await read_round_summary(store, run.round_id)).status == "validated"
    assert seen.failure is not None
    assert (seen.failure.code, seen.attempt) == ("RUN_QUARANTINED", 3)
    assert "died 3 times" in seen.failure.message
    assert seen.finished_at is not None
