"""Every run has one end, whoever brings it about, and the outbox tells of it once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from models.domain.result import MatchResult, RunStatus
from models.domain.run import Run
from models.tables import OutboxRow, ResultRow
from service.errors import NoResult, NotFound, RunFinished
from service.operations.endings import cancel_run, stop_run
from service.operations.recovery import signs_of_life, take_back_run
from service.operations.rounds import read_round_summary
from service.operations.runs import read_result, read_run
from service.operations.work import (
    Claim,
    fail_run,
    finish_run,
    give_back_run,
    load_errand,
    report_run,
)
from service.storage.database import Database
from tests.service.runs import FAILURE, INCUMBENT, claimed, finished, queued
from tests.service.services import PROGRAMME, a_database, a_result

pytestmark = pytest.mark.anyio

RACES = 12


async def test_a_run_is_cancelled_while_it_waits_or_is_solved_and_stays_so(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        waiting = await queued(database)
        running = (await _of_two(database)).run
        async with database.writing(PROGRAMME) as store:
            for run in (waiting, running):
                assert (await cancel_run(store, run.id)).status == "cancelled"
                assert (await cancel_run(store, run.id)).finished_at is not None
                assert (await read_round_summary(store, run.round_id)).status == "validated"
        assert await _told(database) == {waiting.id: ["cancelled"], running.id: ["cancelled"]}


async def test_nothing_can_be_stored_for_a_cancelled_run(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        claim = await claimed(database)
        async with database.writing(PROGRAMME) as store:
            errand = await load_errand(store, claim.run)
            (last,) = await signs_of_life(store.session)
            await cancel_run(store, run.id)
            assert await report_run(store, claim.run, incumbent=INCUMBENT) == "lost"
            assert not await finish_run(store, claim.run, a_result(errand.problem))
            assert not await fail_run(store, claim.run, FAILURE)
            assert not await give_back_run(store, claim.run)
            assert not await take_back_run(store, last, retries=2)
            assert (await read_run(store, run.id)).status == "cancelled"
            with pytest.raises(NoResult):
                await read_result(store, run.id)


async def test_a_run_that_has_ended_can_be_neither_cancelled_nor_stopped(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await finished(database)
        async with database.writing(PROGRAMME) as store:
            for asked in (cancel_run(store, run.id), stop_run(store, run.id)):
                with pytest.raises(RunFinished) as refused:
                    await asked
                assert refused.value.issues[0].code == "RUN_FINISHED"
            assert (await read_run(store, run.id)).status == "solved"
        assert await _told(database) == {run.id: ["solved"]}


async def test_whoever_solves_a_run_hears_that_it_is_to_stop(tmp_path: Path) -> None:
    """Also one who takes it up later, when the wish was uttered while it waited."""
    async with a_database(tmp_path) as database:
        run = await queued(database)
        async with database.writing(PROGRAMME) as store:
            assert (await stop_run(store, run.id)).stop_asked
            assert (await stop_run(store, run.id)).status == "queued"
        claim = await claimed(database)
        async with database.writing(PROGRAMME) as store:
            assert await report_run(store, claim.run) == "stop_asked"


@pytest.mark.parametrize("ended_by", ["result", "failure", "cancel"])
async def test_an_incumbent_is_kept_until_the_run_ends(tmp_path: Path, ended_by: str) -> None:
    async with a_database(tmp_path) as database:
        await queued(database)
        first = await claimed(database)
        async with database.writing(PROGRAMME) as store:
            await report_run(store, first.run, incumbent=INCUMBENT)
            await report_run(store, first.run)
            assert await give_back_run(store, first.run)
        second = await claimed(database)
        async with database.writing(PROGRAMME) as store:
            errand = await load_errand(store, second.run)
            assert errand.known == INCUMBENT
            if ended_by == "result":
                await finish_run(store, second.run, a_result(errand.problem))
            elif ended_by == "failure":
                await fail_run(store, second.run, FAILURE)
            else:
                await cancel_run(store, second.run.id)
            assert (await load_errand(store, second.run)).known is None


async def test_a_cancel_against_a_finish_has_one_winner(tmp_path: Path) -> None:
    """The one who comes second is told so, and a cancelled run has no result."""
    async with a_database(tmp_path) as database:
        ends: list[RunStatus] = []
        for _ in range(RACES):
            run = await queued(database)
            claim = await claimed(database)
            async with database.reading(PROGRAMME) as store:
                result = a_result((await load_errand(store, claim.run)).problem)

            async def finish(claim: Claim = claim, result: MatchResult = result) -> bool:
                async with database.writing(PROGRAMME) as store:
                    return await finish_run(store, claim.run, result)

            async def cancel(run: Run = run) -> bool:
                try:
                    async with database.writing(PROGRAMME) as store:
                        return (await cancel_run(store, run.id)).status == "cancelled"
                except RunFinished:
                    return False

            contestants = (finish(), cancel()) if len(ends) % 2 else (cancel(), finish())
            assert sum(await asyncio.gather(*contestants)) == 1
            async with database.reading(PROGRAMME) as store:
                seen = await read_run(store, run.id)
                assert seen.has_result == (await _has_result(database, run.id))
            ends.append(seen.status)
        assert {status for told in (await _told(database)).values() for status in told} == set(ends)
        assert all(len(told) == 1 for told in (await _told(database)).values())
    assert set(ends) == {"solved", "cancelled"}, "there was no race"


async def test_a_run_of_another_programme_can_be_neither_cancelled_nor_stopped(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        async with database.writing("other") as store:
            for asked in (cancel_run(store, run.id), stop_run(store, run.id)):
                with pytest.raises(NotFound):
                    await asked


async def _of_two(database: Database) -> Claim:
    """The claim of a second run, while the first still waits."""
    await queued(database)
    first = await claimed(database)
    claim = await claimed(database)
    async with database.writing(PROGRAMME) as store:
        assert await give_back_run(store, first.run)
    return claim


async def _told(database: Database) -> dict[UUID, list[str]]:
    """The states that the outbox tells of each run."""
    async with database.reading(PROGRAMME) as store:
        told: dict[UUID, list[str]] = {}
        of_runs = select(OutboxRow.run_id, OutboxRow.state).where(OutboxRow.run_id.is_not(None))
        for run, state in await store.session.execute(of_runs):
            told.setdefault(run, []).append(state)
        return told


async def _has_result(database: Database, run: UUID) -> bool:
    async with database.reading(PROGRAMME) as store:
        found = await store.session.scalars(select(ResultRow.run_id))
        return run in found.all()
