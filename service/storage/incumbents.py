"""Incumbents in the database: one for each unfinished run, replaced as it improves."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete

from models.domain.incumbent import Incumbent
from models.tables import IncumbentRow
from service.storage.database import Store


async def save(store: Store, run_id: UUID, incumbent: Incumbent) -> None:
    """Keep the best answer so far of a run."""
    await store.session.merge(
        IncumbentRow(
            programme_key=store.programme, run_id=run_id, document=incumbent.model_dump_json()
        )
    )


async def find(store: Store, run_id: UUID) -> Incumbent | None:
    """The best answer so far of a run, if it has told any."""
    row = await store.session.get(IncumbentRow, (store.programme, run_id))
    return Incumbent.model_validate_json(row.document) if row else None


async def remove(store: Store, run_id: UUID) -> None:
    """Forget it; the run is finished."""
    await store.session.execute(
        delete(IncumbentRow).where(
            IncumbentRow.programme_key == store.programme, IncumbentRow.run_id == run_id
        )
    )
