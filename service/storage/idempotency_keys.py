"""Idempotency keys in the database: what was answered to whom, and to which body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from models.tables import IdempotencyKeyRow
from service.storage.database import Store


@dataclass(frozen=True)
class Remembered:
    """The answer that a key was given, and the body that came with it, by its digest."""

    body_digest: str
    run_id: UUID | None
    answer: str


class KeyTaken(Exception):  # noqa: N818 - an event, not a fault
    """Another transaction has stored the same key first; this one cannot stand."""


async def find(store: Store, key: str, since: datetime) -> Remembered | None:
    """What was answered to a key since then."""
    row = await store.session.scalar(
        select(IdempotencyKeyRow).where(
            IdempotencyKeyRow.programme_key == store.programme,
            IdempotencyKeyRow.key == key,
            IdempotencyKeyRow.created_at >= since,
        )
    )
    return None if row is None else Remembered(row.body_digest, row.run_id, row.answer)


async def add(store: Store, key: str, remembered: Remembered, now: datetime) -> None:
    """Remember an answer. Raises `KeyTaken` where another transaction was faster."""
    store.session.add(
        IdempotencyKeyRow(
            programme_key=store.programme,
            key=key,
            body_digest=remembered.body_digest,
            run_id=remembered.run_id,
            answer=remembered.answer,
            created_at=now,
        )
    )
    try:
        await store.session.flush()
    except IntegrityError as error:
        raise KeyTaken from error


async def forget_before(store: Store, moment: datetime) -> None:
    """Forget what was answered before then."""
    await store.session.execute(
        delete(IdempotencyKeyRow).where(
            IdempotencyKeyRow.programme_key == store.programme,
            IdempotencyKeyRow.created_at < moment,
        )
    )
