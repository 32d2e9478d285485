"""Rounds in the database: what was submitted, without contact details, and its problem."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.round import Round, RoundStatus
from models.tables import RoundRow, RunRow
from service.storage.database import Store
from service.storage.results import ISSUES


async def add(
    store: Store,
    round_: Round,
    document: dict[str, Any],
    problem: Problem,
    warnings: tuple[Issue, ...],
) -> None:
    """Store an accepted round. The document must be free of contact details."""
    store.session.add(
        RoundRow(
            programme_key=store.programme,
            document=json.dumps(document),
            problem=problem.model_dump_json(),
            warnings=ISSUES.dump_json(warnings).decode(),
            **round_.model_dump(exclude={"latest_run"}),
        )
    )
    await store.session.flush()


async def find(store: Store, round_id: UUID) -> Round | None:
    """A round of the programme with the run that was queued last."""
    row = await store.session.get(RoundRow, (store.programme, round_id))
    if row is None:
        return None
    newest = (
        select(RunRow.id)
        .where(RunRow.programme_key == store.programme, RunRow.round_id == round_id)
        .order_by(RunRow.queued_at.desc())
        .limit(1)
    )
    return Round(
        id=row.id,
        name=row.name,
        status=row.status,
        digest=row.digest,
        participants=row.participants,
        mentors=row.mentors,
        mentees=row.mentees,
        submitted_at=row.submitted_at,
        latest_run=await store.session.scalar(newest),
    )


async def problem_of(store: Store, round_id: UUID) -> tuple[Problem, tuple[Issue, ...]]:
    """The problem that was made of a stored round, and the warnings about it."""
    found = await store.session.execute(
        select(RoundRow.problem, RoundRow.warnings).where(
            RoundRow.programme_key == store.programme, RoundRow.id == round_id
        )
    )
    problem, warnings = found.one()
    return Problem.model_validate_json(problem), ISSUES.validate_json(warnings)


async def set_status(store: Store, round_id: UUID, status: RoundStatus) -> None:
    """Record how far a round has come."""
    await store.session.execute(
        update(RoundRow)
        .where(RoundRow.programme_key == store.programme, RoundRow.id == round_id)
        .values(status=status)
    )
