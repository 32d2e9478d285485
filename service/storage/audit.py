"""The audit log in the database: appended to, and read in order."""

from __future__ import annotations

import json

from sqlalchemy import select

from models.domain.audit import AuditEntry
from models.tables import AuditRow, ProgrammeRow
from service.storage.database import Store


async def last_to_follow(store: Store) -> AuditEntry | None:
    """The newest entry of the programme; from here on nobody else appends to its log."""
    # The programme's row is the lock: two writers at once would both follow the same entry. It
    # is one that lets rows go on pointing at the programme, or two such writers would deadlock.
    await store.session.execute(
        select(ProgrammeRow.key)
        .where(ProgrammeRow.key == store.programme)
        .with_for_update(key_share=True)
    )
    return await last(store)


async def last(store: Store) -> AuditEntry | None:
    """The newest entry of the programme."""
    row = await store.session.scalar(
        select(AuditRow)
        .where(AuditRow.programme_key == store.programme)
        .order_by(AuditRow.position.desc())
        .limit(1)
    )
    return None if row is None else _entry(row)


async def add(store: Store, entry: AuditEntry) -> None:
    """Append an entry."""
    facts = entry.model_dump(exclude={"programme", "details"})
    details = json.dumps(entry.details, sort_keys=True, ensure_ascii=False)
    store.session.add(AuditRow(programme_key=store.programme, details=details, **facts))
    await store.session.flush()


async def some(store: Store, after: int, limit: int) -> tuple[AuditEntry, ...]:
    """Entries past a position, in order."""
    rows = await store.session.scalars(
        select(AuditRow)
        .where(AuditRow.programme_key == store.programme, AuditRow.position > after)
        .order_by(AuditRow.position)
        .limit(limit)
    )
    return tuple(_entry(row) for row in rows)


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        programme=row.programme_key,
        position=row.position,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        details=json.loads(row.details),
        code=row.code,
    )
