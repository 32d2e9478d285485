"""Figures of what waits, over every programme and without a row of anybody's."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.run import QueueFigures
from models.domain.webhook import DeliveryFigures
from models.tables import DeliveryRow, RunRow, WebhookRow
from service.storage.scope import look_for_deliveries, serve_the_queue


async def queue_figures(session: AsyncSession, quarantined: str) -> QueueFigures:
    """How many runs there are; `quarantined` is the code of the failure that counts as that."""
    await serve_the_queue(session)
    counted = await session.execute(
        select(RunRow.status, func.count(), func.min(RunRow.queued_at)).group_by(RunRow.status)
    )
    rows = {status: (count, since) for status, count, since in counted}
    given_up = await session.scalar(
        select(func.count()).where(
            RunRow.status == "failed", RunRow.failure.contains(f'"{quarantined}"')
        )
    )
    return QueueFigures(
        by_status={status: count for status, (count, _) in rows.items()},
        waiting_since=rows["queued"][1] if "queued" in rows else None,
        quarantined=given_up or 0,
    )


async def delivery_figures(session: AsyncSession) -> DeliveryFigures:
    """What waits for webhooks that are enabled; whoever disabled the others knows it."""
    await look_for_deliveries(session)
    waiting = (
        select(func.count(), func.min(DeliveryRow.created_at))
        .join(WebhookRow, WebhookRow.id == DeliveryRow.webhook_id)
        .where(WebhookRow.state == "enabled", DeliveryRow.state == "waiting")
    )
    failing = (
        select(func.count())
        .select_from(WebhookRow)
        .where(WebhookRow.state == "enabled", WebhookRow.failures > 0)
    )
    count, since = (await session.execute(waiting)).one()
    return DeliveryFigures(
        waiting=count, waiting_since=since, failing=await session.scalar(failing) or 0
    )
