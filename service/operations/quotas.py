"""Quotas: how much of the service one programme may have for itself."""

from __future__ import annotations

from service.errors import QueueFull, one_issue
from service.storage import runs
from service.storage.database import Store

LOOK_AGAIN_SECONDS = 30.0


async def require_room_in_queue(store: Store) -> None:
    """Raises `QueueFull`, and so takes the transaction back, where the programme has more
    unfinished runs than it may.

    Asked after the run was added: adding it wrote to the audit log, which one transaction of a
    programme does at a time, so that two of them never count past each other.
    """
    most = store.unfinished_runs
    if most is not None and await runs.count_unfinished(store) > most:
        raise QueueFull(
            one_issue(
                "QUEUE_FULL",
                f"This programme has {most:,} runs that wait or are being solved, and no more "
                "are taken.",
                hint="Wait until some have ended, or cancel some.",
                limit=most,
            ),
            LOOK_AGAIN_SECONDS,
        )
