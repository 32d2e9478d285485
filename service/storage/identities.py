"""The identity vault in the database: written at submission, read by no run and no reason."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import insert

from models.domain.participant import Contact
from models.tables import IdentityRow
from service.storage.database import Store


async def add(store: Store, round_id: UUID, contacts: Mapping[str, Contact]) -> None:
    """Put the contact details of a round's people away, by reference."""
    if not contacts:
        return
    await store.session.execute(
        insert(IdentityRow),
        [
            {
                "programme_key": store.programme,
                "round_id": round_id,
                "reference": reference,
                **contact.model_dump(),
            }
            for reference, contact in contacts.items()
        ],
    )
