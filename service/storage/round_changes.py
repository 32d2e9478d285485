"""The changes of rounds in the database: appended to, and read in order."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert, select

from models.domain.round import RoundChange
from models.tables import RoundChangeRow
from service.storage.database import Store


async def add(store: Store, round_id: UUID, change: RoundChange) -> None:
    """Append a change; the database refuses a second one that leads to the same version."""
    facts = change.model_dump(exclude={"run"})
    await store.session.execute(
        insert(RoundChangeRow).values(
            programme_key=store.programme, round_id=round_id, run_id=change.run, **facts
        )
    )


async def some(
    store: Store, round_id: UUID, after: int, limit: int | None = None
) -> tuple[RoundChange, ...]:
    """Changes past a version, in order."""
    rows = await store.session.scalars(
        select(RoundChangeRow)
        .where(
            RoundChangeRow.programme_key == store.programme,
            RoundChangeRow.round_id == round_id,
            RoundChangeRow.version > after,
        )
        .order_by(RoundChangeRow.version)
        .limit(limit)
    )
    return tuple(
        RoundChange(
            version=row.version,
            act=row.act,
            status=row.status,
            revision=row.revision,
            run=row.run_id,
            actor=row.actor,
            at=row.at,
        )
        for row in rows
    )
