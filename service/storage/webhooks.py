"""Webhooks in the database: the endpoints of a programme, and who sends to them.

Whoever sends holds the webhook under an attempt: once another has taken it over, the older
attempt can change nothing. The salts of secrets leave this module with a claim alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.webhook import SeenWebhook, Webhook
from models.tables import DeliveryRow, WebhookRow
from service.storage.changes import rows_changed
from service.storage.database import Store
from service.storage.scope import look_for_deliveries

AS_SEEN = (WebhookRow.programme_key, WebhookRow.id, WebhookRow.attempt)


@dataclass(frozen=True)
class Taken:
    """A webhook that was taken to send to it, and the salts of the secrets that sign."""

    seen: SeenWebhook
    url: str
    salts: tuple[str, ...]


async def add(store: Store, webhook: Webhook, salt: str) -> None:
    """Store a new webhook of the programme."""
    store.session.add(
        WebhookRow(programme_key=store.programme, secret_salt=salt, **webhook.model_dump())
    )
    await store.session.flush()


async def find(store: Store, webhook_id: UUID) -> Webhook | None:
    """A webhook of the programme."""
    row = await _row(store, webhook_id)
    return None if row is None else _webhook(row)


async def every(store: Store) -> tuple[Webhook, ...]:
    """The programme's webhooks, the newest last."""
    rows = await store.session.scalars(
        select(WebhookRow)
        .where(WebhookRow.programme_key == store.programme)
        .order_by(WebhookRow.created_at, WebhookRow.id)
    )
    return tuple(_webhook(row) for row in rows)


async def count(store: Store) -> int:
    """How many webhooks the programme has."""
    counted = select(func.count()).where(WebhookRow.programme_key == store.programme)
    return (await store.session.execute(counted)).scalar_one()


async def change(store: Store, webhook_id: UUID, **columns: Any) -> None:
    """Set columns of a webhook, whoever sends to it."""
    await rows_changed(
        store.session, update(WebhookRow).where(*_one(store, webhook_id)).values(columns)
    )


async def replace_salt(store: Store, webhook_id: UUID, salt: str, until: datetime) -> None:
    """Set the salt of a new secret; the one before it goes on until then."""
    columns = {
        "secret_salt": salt,
        "previous_salt": WebhookRow.secret_salt,
        "previous_secret_until": until,
    }
    await change(store, webhook_id, **columns)


async def remove(store: Store, webhook_id: UUID) -> None:
    """Forget a webhook, with everything that was or is to be delivered to it."""
    await store.session.execute(
        delete(DeliveryRow).where(
            DeliveryRow.programme_key == store.programme, DeliveryRow.webhook_id == webhook_id
        )
    )
    await store.session.execute(delete(WebhookRow).where(*_one(store, webhook_id)))


async def ready(
    session: AsyncSession, now: datetime, *, failing: bool, limit: int
) -> list[SeenWebhook]:
    """Webhooks to which something is due and nobody sends, the longest unattended first.

    `failing` asks for those whose last try failed, and for no others.
    """
    await look_for_deliveries(session)
    waits = select(DeliveryRow.event_id).where(
        DeliveryRow.programme_key == WebhookRow.programme_key,
        DeliveryRow.webhook_id == WebhookRow.id,
        due(now),
    )
    found = await session.execute(
        select(*AS_SEEN)
        .where(
            WebhookRow.state == "enabled",
            WebhookRow.busy.is_(False),
            WebhookRow.failures > 0 if failing else WebhookRow.failures == 0,
            waits.exists(),
        )
        .order_by(WebhookRow.attempted_at.is_not(None), WebhookRow.attempted_at, WebhookRow.id)
        .limit(limit)
    )
    return [_seen(*row) for row in found]


async def busy(session: AsyncSession) -> list[SeenWebhook]:
    """Every webhook to which somebody sends."""
    await look_for_deliveries(session)
    found = await session.execute(select(*AS_SEEN).where(WebhookRow.busy))
    return [_seen(*row) for row in found]


async def take(store: Store, seen: SeenWebhook, now: datetime) -> Taken | None:
    """Take a webhook to send to it; None where it is not as it was seen any more."""
    free = (
        *_one(store, seen.webhook_id),
        WebhookRow.attempt == seen.attempt,
        WebhookRow.busy.is_(False),
        WebhookRow.state == "enabled",
    )
    mine = {"busy": True, "attempt": seen.attempt + 1, "attempted_at": now}
    if not await rows_changed(store.session, update(WebhookRow).where(*free).values(mine)):
        return None
    row = await _row(store, seen.webhook_id)
    if row is None:
        return None
    before = row.previous_salt
    overlap = row.previous_secret_until is not None and now < row.previous_secret_until
    salts = (row.secret_salt, before) if overlap and before else (row.secret_salt,)
    return Taken(seen.model_copy(update={"attempt": row.attempt}), row.url, salts)


async def release(store: Store, held: SeenWebhook, **columns: Any) -> bool:
    """Let go of a webhook; says whether this attempt was still the webhook's."""
    mine = (*_one(store, held.webhook_id), WebhookRow.attempt == held.attempt, WebhookRow.busy)
    statement = update(WebhookRow).where(*mine).values(busy=False, **columns)
    return await rows_changed(store.session, statement) == 1


async def count_failure(store: Store, held: SeenWebhook, now: datetime) -> bool:
    """Let go of a webhook to which a try failed; says whether this attempt was still its."""
    since = func.coalesce(WebhookRow.failing_since, now)
    return await release(store, held, failures=WebhookRow.failures + 1, failing_since=since)


def due(now: datetime) -> ColumnElement[bool]:
    """What of the deliveries is to be sent by now."""
    return and_(
        DeliveryRow.state == "waiting",
        or_(DeliveryRow.next_at.is_(None), DeliveryRow.next_at <= now),
    )


def _one(store: Store, webhook_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return WebhookRow.programme_key == store.programme, WebhookRow.id == webhook_id


async def _row(store: Store, webhook_id: UUID) -> WebhookRow | None:
    # As it is now: others write it too.
    return await store.session.get(
        WebhookRow, (store.programme, webhook_id), populate_existing=True
    )


def _seen(programme: str, webhook_id: UUID, attempt: int) -> SeenWebhook:
    return SeenWebhook(programme=programme, webhook_id=webhook_id, attempt=attempt)


def _webhook(row: WebhookRow) -> Webhook:
    return Webhook.model_validate({name: getattr(row, name) for name in Webhook.model_fields})
