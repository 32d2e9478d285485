"""Asking a database until it answers, however long it takes to come up or to come back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from service.logs import log_incident

Answer = TypeVar("Answer")

RETRY_AFTER = 5.0
"""How long a database is left alone that did not answer, in seconds."""


async def patiently(
    ask: Callable[[], Awaitable[Answer]], event: str, until: asyncio.Event, **fields: str
) -> Answer | None:
    """What the question gives as soon as it gives anything; None where there is no time left.

    It is asked once at least. Each failure is a line of the log under the event's name.
    """
    while True:
        try:
            return await ask()
        except Exception as error:
            log_incident(event, error, **fields)
        if until.is_set():
            return None
        with suppress(TimeoutError):
            await asyncio.wait_for(until.wait(), RETRY_AFTER)
