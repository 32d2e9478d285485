"""Figures of the queue, over every programme and without a row of anybody's."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.run import QueueFigures
from models.tables import RunRow
from service.storage.scope import serve_the_queue


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
