"""The outbox in the database: events wait there from the commit that made them true."""

from __future__ import annotations

from models.domain.event import RoundEvent, RunEvent
from models.tables import OutboxRow
from service.storage import deliveries
from service.storage.database import Store


async def add(store: Store, event: RunEvent | RoundEvent) -> None:
    """Put an event out to the programme's webhooks, in the transaction in which it happens."""
    store.session.add(OutboxRow(programme_key=store.programme, **event.model_dump()))
    await store.session.flush()
    await deliveries.add_for_everybody(store, event.message)
