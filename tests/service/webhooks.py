"""Webhooks in a database, as far along as a test needs them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from models.domain.webhook import Outcome
from service.operations.deliveries import Claim, claim_delivery, finish_delivery, ready_webhooks
from service.operations.webhooks import create_webhook, send_test_event
from service.outbound.destinations import OutboundRules, read_destination
from service.storage.database import Database, Store
from tests.service.services import PROGRAMME

Answer = TypeVar("Answer")


async def in_programme(database: Database, work: Callable[[Store], Awaitable[Answer]]) -> Answer:
    """What some work gives, in a transaction of its own."""
    async with database.writing(PROGRAMME) as store:
        return await work(store)


async def a_webhook(
    database: Database, url: str = "https://example.org/", events: int = 0
) -> tuple[UUID, str]:
    """A webhook and its secret; so many events wait for it."""
    rules = OutboundRules(loopback=True)
    async with database.writing(PROGRAMME) as store:
        webhook, secret = await create_webhook(store, read_destination(url, rules))
        for _ in range(events):
            await send_test_event(store, webhook.id)
    return webhook.id, secret


async def claimed(database: Database, now: datetime | None = None) -> Claim:
    """What is to be sent next. Raises LookupError where nothing is due."""
    now = now or datetime.now(UTC)
    async with database.across_programmes(writing=False) as session:
        seen = [
            webhook
            for failing in (False, True)
            for webhook in await ready_webhooks(session, now, failing=failing, limit=10)
        ]
    if not seen:
        raise LookupError
    claim = await in_programme(database, lambda store: claim_delivery(store, seen[0], now))
    assert claim is not None
    return claim


async def tried(database: Database, claim: Claim, status: int, now: datetime) -> bool:
    """Whether it counted that a try was answered so."""
    outcome = Outcome(status=status)
    return await in_programme(database, lambda store: finish_delivery(store, claim, outcome, now))
