"""Changes by hand in the database: one for each run that was made of another."""

from __future__ import annotations

from uuid import UUID

from models.domain.by_hand import ByHand
from models.domain.change_by_hand import ChangeByHand
from models.tables import ChangeByHandRow
from service.storage.database import Store


async def add(store: Store, change: ChangeByHand) -> None:
    """Store how a run came about."""
    store.session.add(
        ChangeByHandRow(
            programme_key=store.programme,
            pair=change.pair.model_dump_json(),
            **change.model_dump(exclude={"pair"}),
        )
    )
    await store.session.flush()


async def find(store: Store, run_id: UUID) -> ChangeByHand | None:
    """How a run came about; None for one that was queued and solved."""
    row = await store.session.get(ChangeByHandRow, (store.programme, run_id))
    if row is None:
        return None
    return ChangeByHand(
        run_id=row.run_id,
        origin_id=row.origin_id,
        pair=ByHand.model_validate_json(row.pair),
        reason=row.reason,
        actor=row.actor,
        made_at=row.made_at,
    )
