"""Allowances in the database, which all processes of the service share."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from models.tables import AllowanceRow
from service.storage.database import Store

MINUTES_KEPT = 10
"""Clocks of machines may differ by so many minutes less one without undoing each other's count."""


async def take(store: Store, subject: str, minute: int, wanted: int, most: int) -> int:
    """How many of the wanted may be used, where `most` may be in one minute altogether."""
    dialect = store.session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = insert(AllowanceRow).values(
        programme_key=store.programme, subject=subject, minute=minute, taken=wanted
    )
    taken = await store.session.scalar(
        row.on_conflict_do_update(
            index_elements=["programme_key", "subject", "minute"],
            set_={"taken": AllowanceRow.taken + wanted},
            where=AllowanceRow.taken < most,
        ).returning(AllowanceRow.taken)
    )
    await store.session.execute(
        delete(AllowanceRow).where(
            AllowanceRow.programme_key == store.programme,
            AllowanceRow.minute <= minute - MINUTES_KEPT,
        )
    )
    return 0 if taken is None else min(wanted, max(0, most - (taken - wanted)))
