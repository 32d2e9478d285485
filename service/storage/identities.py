"""The identity vault in the database: written at submission, read by no run and no reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import delete, insert

from models.domain.participant import Contact
from models.tables import IdentityRow
from service.storage.database import Store


async def replace(
    store: Store, round_id: UUID, contacts: Mapping[str, Contact], gone: Collection[str]
) -> None:
    """Put new contact details in the place of what is kept, and forget those of who is gone."""
    for reference in (*contacts, *gone):
        await store.session.execute(
            delete(IdentityRow).where(
                IdentityRow.programme_key == store.programme,
                IdentityRow.round_id == round_id,
                IdentityRow.reference == reference,
            )
        )
    await add(store, round_id, contacts)


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
