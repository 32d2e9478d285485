"""Programmes in the database."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.programme import Programme
from models.tables import ProgrammeRow
from service.storage.database import Store
from service.storage.scope import enter


async def save(session: AsyncSession, programme: Programme) -> None:
    """Add a programme, or bring its reference data up to date."""
    await enter(session, programme.key)
    await session.merge(
        ProgrammeRow(
            key=programme.key, title=programme.title, definition=programme.model_dump_json()
        )
    )


async def find(store: Store) -> Programme | None:
    """The programme that the transaction is bound to."""
    row = await store.session.get(ProgrammeRow, store.programme)
    return Programme.model_validate_json(row.definition) if row else None
