"""Deliveries in the database: each event once for each webhook, until it is taken or given up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from models.domain.event import Message
from models.domain.webhook import Delivery
from models.tables import DeliveryRow, WebhookRow
from service.storage.database import Store
from service.storage.webhooks import due


@dataclass(frozen=True)
class Waiting:
    """What is to be sent of an event, and how often it was tried."""

    event_id: UUID
    body: str
    attempts: int


async def add_for_everybody(store: Store, message: Message) -> None:
    """Put an event out to every enabled webhook of the programme."""
    # Held until the end of the transaction, so that none of them is removed meanwhile.
    enabled = await store.session.scalars(
        select(WebhookRow.id)
        .where(WebhookRow.programme_key == store.programme, WebhookRow.state == "enabled")
        .with_for_update(read=True, key_share=True)
    )
    await add(store, message, enabled)


async def add(store: Store, message: Message, webhooks: Iterable[UUID]) -> None:
    """Put a message out to some webhooks; it is due at once, by whoever's clock."""
    store.session.add_all(
        DeliveryRow(
            programme_key=store.programme,
            webhook_id=webhook_id,
            event_id=message.id,
            type=message.type,
            body=message.body,
            state="waiting",
            created_at=message.timestamp,
        )
        for webhook_id in webhooks
    )
    await store.session.flush()


async def latest(store: Store, webhook_id: UUID, limit: int) -> tuple[Delivery, ...]:
    """The deliveries to a webhook, the newest first."""
    rows = await store.session.scalars(
        select(DeliveryRow)
        .where(DeliveryRow.programme_key == store.programme, DeliveryRow.webhook_id == webhook_id)
        .order_by(DeliveryRow.created_at.desc(), DeliveryRow.event_id)
        .limit(limit)
    )
    return tuple(_delivery(row) for row in rows)


async def find(store: Store, webhook_id: UUID, event_id: UUID) -> Delivery | None:
    """The delivery of an event to a webhook."""
    key = (store.programme, webhook_id, event_id)
    row = await store.session.get(DeliveryRow, key, populate_existing=True)
    return None if row is None else _delivery(row)


async def next_due(store: Store, webhook_id: UUID, now: datetime) -> Waiting | None:
    """What has been due to a webhook for longest."""
    row = await store.session.scalar(
        select(DeliveryRow)
        .where(
            DeliveryRow.programme_key == store.programme,
            DeliveryRow.webhook_id == webhook_id,
            due(now),
        )
        .order_by(func.coalesce(DeliveryRow.next_at, DeliveryRow.created_at), DeliveryRow.event_id)
        .limit(1)
    )
    return None if row is None else Waiting(row.event_id, row.body, row.attempts)


async def change(store: Store, webhook_id: UUID, event_id: UUID, **columns: Any) -> None:
    """Set columns of a delivery."""
    await store.session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.programme_key == store.programme,
            DeliveryRow.webhook_id == webhook_id,
            DeliveryRow.event_id == event_id,
        )
        .values(columns)
    )


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery.model_validate({name: getattr(row, name) for name in Delivery.model_fields})
