"""Runs in the database: the queue, and every step of a run's life.

What a worker reports is guarded by the attempt under which it took the run up: once the run
has been queued again, the older attempt can change nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.progress import Progress
from models.domain.run import ANSWERED, FINISHED, WITH_PAIRS, Run, RunFailure, SignOfLife
from models.tables import ResultRow, RoundRow, RunRow
from service.storage.changes import rows_changed
from service.storage.database import Store
from service.storage.results import LEVELS
from service.storage.scope import enter, serve_the_queue


async def add(store: Store, run: Run) -> None:
    """Store a new run; one that is `queued` waits for a worker from the commit on."""
    store.session.add(
        RunRow(
            programme_key=store.programme,
            id=run.id,
            round_id=run.round_id,
            revision=run.revision,
            status=run.status,
            attempt=run.attempt,
            queued_at=run.queued_at,
            started_at=run.started_at,
            finished_at=run.finished_at,
            solve_status=run.solve_status,
        )
    )
    await store.session.flush()


async def find(store: Store, run_id: UUID) -> Run | None:
    """A run of the programme, with its levels once it is finished."""
    # As it is now: others write it too.
    row = await store.session.get(RunRow, (store.programme, run_id), populate_existing=True)
    if row is None:
        return None
    levels = await store.session.scalar(
        select(ResultRow.levels).where(
            ResultRow.programme_key == store.programme, ResultRow.run_id == run_id
        )
    )
    return _run(row, levels, await _newest_revision(store, row))


async def of_round(store: Store, round_id: UUID) -> tuple[Run, ...]:
    """Every run of a round, the newest last; their levels are left out."""
    rows = await store.session.scalars(
        select(RunRow)
        .where(RunRow.programme_key == store.programme, RunRow.round_id == round_id)
        .order_by(RunRow.queued_at, RunRow.id)
        .execution_options(populate_existing=True)
    )
    return tuple([_run(row, None, await _newest_revision(store, row)) for row in rows])


async def newest_answer(
    store: Store, round_id: UUID, revision: int, run_id: UUID | None = None
) -> Run | None:
    """The run that answered a revision of a round last, or this one if it did."""
    answers = (
        select(RunRow)
        .where(
            RunRow.programme_key == store.programme,
            RunRow.round_id == round_id,
            RunRow.revision == revision,
            RunRow.status.in_(sorted(ANSWERED)),
            RunRow.solve_status.in_(sorted(WITH_PAIRS)),
        )
        .order_by(RunRow.finished_at.desc(), RunRow.id)
        .limit(1)
    )
    if run_id is not None:
        answers = answers.where(RunRow.id == run_id)
    row = await store.session.scalar(answers)
    return None if row is None else _run(row, None, revision)


async def claim_next(session: AsyncSession, now: datetime) -> tuple[str, Run] | None:
    """Take up the next run, as programmes take turns; gives its programme and the run.

    A run that another worker is taking up is passed over. The transaction goes on within the
    run's programme.
    """
    await serve_the_queue(session)
    for programme in await _programmes_in_turn(session):
        row = await session.scalar(
            select(RunRow)
            .where(RunRow.programme_key == programme, RunRow.status == "queued")
            .order_by(RunRow.queued_at, RunRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is not None:
            await enter(session, programme)
            row.status, row.attempt, row.started_at = "solving", row.attempt + 1, now
            row.progress = None
            return programme, _run(row, None, row.revision)
    return None


async def count_unfinished(store: Store) -> int:
    """How many runs of the programme wait or are being solved."""
    found = await store.session.scalar(
        select(func.count())
        .select_from(RunRow)
        .where(RunRow.programme_key == store.programme, RunRow.status.not_in(sorted(FINISHED)))
    )
    return int(found or 0)


async def signs_of_life(session: AsyncSession) -> list[SignOfLife]:
    """What can be seen of every run that is being solved, whoever solves it."""
    await serve_the_queue(session)
    seen = await session.execute(
        select(RunRow.programme_key, RunRow.id, RunRow.attempt, RunRow.beat).where(
            RunRow.status == "solving"
        )
    )
    return [
        SignOfLife(programme=programme, run_id=run_id, attempt=attempt, beat=beat)
        for programme, run_id, attempt, beat in seen
    ]


async def take_back(store: Store, last: SignOfLife) -> int | None:
    """Queue a run again that has given no sign since its last.

    Gives how often that has happened to it; None where it has given one after all.
    """
    silent = (
        RunRow.programme_key == store.programme,
        RunRow.id == last.run_id,
        RunRow.attempt == last.attempt,
        RunRow.beat == last.beat,
        RunRow.status == "solving",
    )
    lost = update(RunRow).where(*silent).values(status="queued", losses=RunRow.losses + 1)
    if not await rows_changed(store.session, lost):
        return None
    found = await store.session.execute(
        select(RunRow.losses).where(
            RunRow.programme_key == store.programme, RunRow.id == last.run_id
        )
    )
    return found.scalar_one()


async def requeue(store: Store, run: Run) -> bool:
    """Queue one run again; says whether this attempt was still the run's."""
    return await _change(store, run, status="queued")


async def beat(store: Store, run: Run, progress: Progress | None) -> bool:
    """Give a sign of life, with how far the solve has come where that is news.

    Says whether this attempt was still the run's.
    """
    news = {} if progress is None else {"progress": progress.model_dump_json()}
    return await _change(store, run, beat=RunRow.beat + 1, **news)


async def ask_to_stop(store: Store, run_id: UUID) -> bool:
    """Leave word that the best answer so far is wanted; False where the run is finished."""
    return await _change_unfinished(store, run_id, stop_asked=True)


async def is_stop_asked(store: Store, run_id: UUID) -> bool:
    """Whether somebody wants the best answer so far."""
    asked = await store.session.scalar(
        select(RunRow.stop_asked).where(
            RunRow.programme_key == store.programme, RunRow.id == run_id
        )
    )
    return bool(asked)


async def cancel(store: Store, run_id: UUID, now: datetime) -> bool:
    """End a run without a result, whoever solves it; False where it is finished."""
    return await _change_unfinished(store, run_id, status="cancelled", finished_at=now)


async def quarantine(store: Store, run_id: UUID, failure: RunFailure, now: datetime) -> bool:
    """End a run that no worker is to take up again; False where it is finished."""
    return await _change_unfinished(
        store, run_id, status="failed", failure=failure.model_dump_json(), finished_at=now
    )


async def finish(store: Store, run: Run, **columns: Any) -> bool:
    """Write a run's last status; says whether this attempt was still the run's."""
    failure: RunFailure | None = columns.pop("failure", None)
    return await _change(
        store, run, failure=failure.model_dump_json() if failure else None, **columns
    )


async def _programmes_in_turn(session: AsyncSession) -> list[str]:
    """Programmes with runs that wait: first who has the fewest being solved, then who was last
    served longest ago. However many runs one of them queues, another waits for no more than one.
    """
    others = aliased(RunRow)
    solving = (
        select(func.count())
        .where(others.programme_key == RunRow.programme_key, others.status == "solving")
        .scalar_subquery()
    )
    served = (
        select(func.max(others.started_at))
        .where(others.programme_key == RunRow.programme_key)
        .scalar_subquery()
    )
    found = await session.scalars(
        select(RunRow.programme_key)
        .where(RunRow.status == "queued")
        .group_by(RunRow.programme_key)
        .order_by(solving, served.nulls_first(), func.min(RunRow.queued_at), RunRow.programme_key)
    )
    return list(found)


async def _change(store: Store, run: Run, **columns: Any) -> bool:
    mine: tuple[ColumnElement[bool], ...] = (
        RunRow.programme_key == store.programme,
        RunRow.id == run.id,
        RunRow.attempt == run.attempt,
        RunRow.status == "solving",
    )
    return await rows_changed(store.session, update(RunRow).where(*mine).values(**columns)) == 1


async def _change_unfinished(store: Store, run_id: UUID, **columns: Any) -> bool:
    unfinished = (
        RunRow.programme_key == store.programme,
        RunRow.id == run_id,
        RunRow.status.not_in(sorted(FINISHED)),
    )
    changed = update(RunRow).where(*unfinished).values(**columns)
    return await rows_changed(store.session, changed) == 1


async def _newest_revision(store: Store, row: RunRow) -> int:
    found = await store.session.execute(
        select(RoundRow.revision).where(
            RoundRow.programme_key == store.programme, RoundRow.id == row.round_id
        )
    )
    return found.scalar_one()


def _run(row: RunRow, levels: str | None, newest_revision: int) -> Run:
    return Run(
        id=row.id,
        round_id=row.round_id,
        revision=row.revision,
        stale=row.revision < newest_revision,
        status=row.status,
        attempt=row.attempt,
        queued_at=row.queued_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        solve_status=row.solve_status,
        progress=Progress.model_validate_json(row.progress) if row.progress else None,
        levels=LEVELS.validate_json(levels) if levels else (),
        failure=RunFailure.model_validate_json(row.failure) if row.failure else None,
        stop_asked=row.stop_asked,
    )
