"""A run's life: in the order of waiting, and never by two workers at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.result import BlockingPair, BlockingPairs, FairnessPrice, PricedLevel
from models.domain.run import SignOfLife
from service.errors import NoResult, NotFound
from service.operations.paging import PageRequest
from service.operations.recovery import signs_of_life, take_back_run
from service.operations.rounds import read_round_summary
from service.operations.runs import (
    explain_pair,
    list_assignments,
    list_unmatched,
    read_result,
    read_run,
)
from service.operations.work import (
    claim_run,
    fail_run,
    finish_run,
    give_back_run,
    load_errand,
    report_run,
)
from service.storage import incumbents
from service.storage.database import Store
from tests.service.runs import FAILURE, HALFWAY, INCUMBENT, claimed, finished, queued
from tests.service.services import PROGRAMME, a_database, a_result

pytestmark = pytest.mark.anyio

FAIRNESS = {
    "blocking_pairs": BlockingPairs(
        count=30, worst=(BlockingPair(mentor="M1", mentee="E1", points=9, gain=4),)
    ),
    "price_of_fairness": (
        FairnessPrice(
            mode="total",
            levels=(PricedLevel(name="points", value=9, bound=10, proved=False, difference=2),),
        ),
    ),
}


async def test_runs_are_taken_up_in_the_order_of_waiting(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        waiting = [await queued(database) for _ in range(3)]
        taken = [await claimed(database) for _ in range(3)]
        async with database.across_programmes(writing=True) as session:
            assert await claim_run(session) is None
    assert [claim.run.id for claim in taken] == [run.id for run in waiting]
    assert all(claim.run.status == "solving" and claim.run.attempt == 1 for claim in taken)


async def test_a_finished_run_gives_back_the_result_that_was_stored(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database, mentors=2, mentees=3)
        claim = await claimed(database)
        async with database.writing(PROGRAMME) as store:
            errand = await load_errand(store, claim.run)
            result = a_result(errand.problem, errand.warnings).model_copy(update=FAIRNESS)
            assert await finish_run(store, claim.run, result)
        async with database.reading(PROGRAMME) as store:
            stored = await read_result(store, run.id)
            seen = await read_run(store, run.id)
            round_ = await read_round_summary(store, run.round_id)
    report = result.run.model_copy(update={"id": str(run.id)})
    assert stored == result.model_copy(update={"run": report})
    assert (seen.status, seen.solve_status, seen.levels) == ("solved", "optimal", result.levels)
    assert seen.started_at is not None
    assert seen.finished_at is not None
    assert run.queued_at <= seen.started_at <= seen.finished_at
    assert round_.status == "solved"


async def test_an_infeasible_round_is_finished_but_not_solved(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        claim = await claimed(database)
        async with database.writing(PROGRAMME) as store:
            result = a_result((await load_errand(store, claim.run)).problem)
            report = result.run.model_copy(update={"solve_status": "infeasible"})
            await finish_run(store, claim.run, result.model_copy(update={"run": report}))
            assert (await read_run(store, run.id)).status == "solved"
            assert (await read_round_summary(store, run.round_id)).status == "validated"


async def test_what_an_overtaken_worker_reports_changes_nothing(tmp_path: Path) -> None:
    """The run was queued again, as after a kill: the first attempt is fenced off."""
    async with a_database(tmp_path) as database:
        run = await queued(database)
        late = await claimed(database)
        async with database.writing(PROGRAMME) as store:
            assert await take_back_run(store, await _only_sign(store), retries=2)
        current = await claimed(database)
        assert current.run.attempt == 2
        async with database.writing(PROGRAMME) as store:
            problem = (await load_errand(store, run)).problem
            assert await report_run(store, late.run, HALFWAY, INCUMBENT) == "lost"
            assert await incumbents.find(store, run.id) is None
            assert not await finish_run(store, late.run, a_result(problem))
            assert not await fail_run(store, late.run, FAILURE)
            assert not await give_back_run(store, late.run)
            with pytest.raises(NoResult):
                await read_result(store, run.id)
            assert await finish_run(store, current.run, a_result(problem))


async def test_progress_is_seen_until_the_run_is_taken_up_anew(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        claim = await claimed(database)
        async with database.writing(PROGRAMME) as store:
            assert await report_run(store, claim.run, HALFWAY) == "held"
            assert (await read_run(store, run.id)).progress == HALFWAY
            assert await give_back_run(store, claim.run)
            assert (await read_run(store, run.id)).status == "queued"
        assert (await claimed(database)).run.progress is None


async def test_a_failed_run_says_why_and_has_no_result(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        claim = await claimed(database)
        async with database.writing(PROGRAMME) as store:
            assert await fail_run(store, claim.run, FAILURE)
            seen = await read_run(store, run.id)
            with pytest.raises(NoResult) as refused:
                await read_result(store, run.id)
    assert (seen.status, seen.failure) == ("failed", FAILURE)
    assert refused.value.issues[0].code == "RUN_GAVE_NO_RESULT"


async def test_nothing_of_a_result_can_be_listed_before_it_is_there(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await queued(database)
        async with database.reading(PROGRAMME) as store:
            for asked in (
                list_assignments(store, run.id, PageRequest(limit=10)),
                list_unmatched(store, run.id, PageRequest(limit=10)),
                explain_pair(store, run.id, "M-1", "E-1"),
            ):
                with pytest.raises(NoResult) as refused:
                    await asked
                assert refused.value.issues[0].code == "RUN_NOT_FINISHED"


async def test_a_run_of_another_programme_is_not_there(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await finished(database, mentors=1, mentees=1)
        async with database.reading("other") as store:
            for asked in (
                read_run(store, run.id),
                read_result(store, run.id),
                list_assignments(store, run.id, PageRequest(limit=10)),
                list_unmatched(store, run.id, PageRequest(limit=10)),
                explain_pair(store, run.id, "M-1", "E-1"),
            ):
                with pytest.raises(NotFound):
                    await asked


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6])
async def test_pages_hold_every_pair_once_in_the_results_order(tmp_path: Path, limit: int) -> None:
    async with a_database(tmp_path) as database:
        run = await finished(database, mentors=5, mentees=5)
        async with database.reading(PROGRAMME) as store:
            whole = (await read_result(store, run.id)).assignments
            read, place, pages = [], -1, 0
            while True:
                page = await list_assignments(store, run.id, PageRequest(limit, place))
                read += page.items
                pages += 1
                if page.next_cursor is None:
                    break
                place += limit
    assert tuple(read) == whole
    assert pages == -(-5 // limit)


async def test_pairs_can_be_asked_for_by_person(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await finished(database, mentors=3, mentees=3)
        async with database.reading(PROGRAMME) as store:
            made = (await read_result(store, run.id)).assignments[1]
            every = PageRequest(limit=10)
            by_mentor = await list_assignments(store, run.id, every, mentor=made.mentor)
            by_mentee = await list_assignments(store, run.id, every, mentee=made.mentee)
            assert by_mentor.items == by_mentee.items == (made,)
            assert await explain_pair(store, run.id, made.mentor, made.mentee) == made
            with pytest.raises(NotFound) as refused:
                await explain_pair(store, run.id, made.mentee, made.mentor)
    assert refused.value.issues[0].code == "PAIR_NOT_MADE"


async def _only_sign(store: Store) -> SignOfLife:
    (sign,) = await signs_of_life(store.session)
    return sign
