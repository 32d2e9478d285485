"""Rounds in the database: how far each has come, and what every revision of it holds."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.round import Round
from models.tables import RevisionRow, RoundChangeRow, RoundRow, RunRow
from service.storage.database import Store
from service.storage.results import ISSUES


async def add(store: Store, round_: Round) -> None:
    """Store a new round."""
    facts = round_.model_dump(exclude={"latest_run", "published_run"})
    store.session.add(RoundRow(programme_key=store.programme, **facts))
    await store.session.flush()


async def find(store: Store, round_id: UUID) -> Round | None:
    """A round of the programme with the run that was queued last."""
    row = await store.session.get(RoundRow, (store.programme, round_id), populate_existing=True)
    return None if row is None else await _round(store, row)


async def lock(store: Store, round_id: UUID) -> Round | None:
    """The same, and until the transaction ends nobody else changes it."""
    # Rows may go on pointing at the round, such as those of its runs.
    row = await store.session.scalar(
        select(RoundRow)
        .where(*_is(store, round_id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return None if row is None else await _round(store, row)


async def newest(
    store: Store, limit: int, before: tuple[datetime, UUID] | None = None
) -> tuple[Round, ...]:
    """Rounds, those submitted last first; where one is given, only those that come after it."""
    query = (
        select(RoundRow)
        .where(RoundRow.programme_key == store.programme)
        .order_by(RoundRow.submitted_at.desc(), RoundRow.id.desc())
        .limit(limit)
    )
    if before is not None:
        at, last = before
        earlier = RoundRow.submitted_at < at
        query = query.where(earlier | (RoundRow.submitted_at == at) & (RoundRow.id < last))
    rows = (await store.session.scalars(query)).all()
    return tuple([await _round(store, row) for row in rows])


async def change(store: Store, seen: Round, after: Round) -> bool:
    """Store what has become of a round; False where it is not what was seen any more."""
    facts = after.model_dump(exclude={"id", "submitted_at", "latest_run", "published_run"})
    changed = await store.session.execute(
        update(RoundRow)
        .where(*_is(store, seen.id), RoundRow.version == seen.version)
        .values(**facts)
        .returning(RoundRow.id)
    )
    return changed.first() is not None


async def add_revision(
    store: Store,
    round_id: UUID,
    number: int,
    document: dict[str, Any],
    problem: Problem,
    warnings: tuple[Issue, ...],
) -> None:
    """Store what a round holds from now on. The document must be free of contact details."""
    await store.session.execute(
        insert(RevisionRow).values(
            programme_key=store.programme,
            round_id=round_id,
            number=number,
            document=json.dumps(document),
            problem=problem.model_dump_json(),
            warnings=ISSUES.dump_json(warnings).decode(),
        )
    )


async def problem_of(
    store: Store, round_id: UUID, revision: int
) -> tuple[Problem, tuple[Issue, ...]]:
    """The problem that was made of a revision, and the warnings about it."""
    found = await store.session.execute(
        select(RevisionRow.problem, RevisionRow.warnings).where(*_of(store, round_id, revision))
    )
    problem, warnings = found.one()
    return Problem.model_validate_json(problem), ISSUES.validate_json(warnings)


async def document_of(store: Store, round_id: UUID, revision: int) -> dict[str, Any]:
    """A revision's document, without contact details."""
    found = await store.session.execute(
        select(RevisionRow.document).where(*_of(store, round_id, revision))
    )
    document: dict[str, Any] = json.loads(found.scalar_one())
    return document


def _is(store: Store, round_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (RoundRow.programme_key == store.programme, RoundRow.id == round_id)


def _of(store: Store, round_id: UUID, revision: int) -> tuple[ColumnElement[bool], ...]:
    return (
        RevisionRow.programme_key == store.programme,
        RevisionRow.round_id == round_id,
        RevisionRow.number == revision,
    )


async def _round(store: Store, row: RoundRow) -> Round:
    latest = (
        select(RunRow.id)
        .where(RunRow.programme_key == store.programme, RunRow.round_id == row.id)
        .order_by(RunRow.queued_at.desc())
        .limit(1)
    )
    published = (
        select(RoundChangeRow.run_id)
        .where(
            RoundChangeRow.programme_key == store.programme,
            RoundChangeRow.round_id == row.id,
            RoundChangeRow.act.in_(("publish", "withdraw")),
        )
        .order_by(RoundChangeRow.version.desc())
        .limit(1)
    )
    return Round(
        id=row.id,
        name=row.name,
        status=row.status,
        version=row.version,
        revision=row.revision,
        digest=row.digest,
        participants=row.participants,
        mentors=row.mentors,
        mentees=row.mentees,
        submitted_at=row.submitted_at,
        latest_run=await store.session.scalar(latest),
        published_run=await store.session.scalar(published),
    )
