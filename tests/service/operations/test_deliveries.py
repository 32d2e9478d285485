"""A delivery from try to try, on a clock of the test's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.domain.webhook import Delivery, Outcome, SeenWebhook, Webhook
from service.operations.deliveries import (
    SCHEDULE,
    busy_webhooks,
    claim_delivery,
    finish_delivery,
    give_back_delivery,
    ready_webhooks,
    take_back_webhook,
)
from service.operations.webhooks import enable_webhook, list_deliveries, list_webhooks
from service.storage.database import Database
from tests.service.services import PROGRAMME, a_database, all_rows
from tests.service.webhooks import a_webhook, claimed, in_programme, tried

pytestmark = pytest.mark.anyio

NOW = datetime.now(UTC)
AT_LEAST = timedelta(hours=72)


async def test_a_receiver_that_is_down_is_tried_for_over_72_hours(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await a_webhook(database, events=1)
        times, ids = [], set()
        now = NOW
        while (delivery := await _only_delivery(database)).state == "waiting":
            now = delivery.next_at or now
            claim = await claimed(database, now)
            times.append(now)
            ids.add(claim.waiting.event_id)
            assert await tried(database, claim, 503, now)
        webhook = await _only_webhook(database)
    assert len(times) == len(SCHEDULE) + 1 == delivery.attempts
    assert times[-1] - times[0] >= AT_LEAST
    assert ids == {delivery.event_id}
    assert (delivery.state, delivery.status, delivery.next_at) == ("failed", 503, None)
    assert (webhook.state, webhook.failures, webhook.failing_since) == ("enabled", 10, NOW)


async def test_one_that_comes_back_on_the_last_day_is_told(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await a_webhook(database, events=1)
        now = NOW
        for pause in SCHEDULE:
            assert await tried(database, await claimed(database, now), 500, now)
            now += pause
        assert await tried(database, await claimed(database, now), 200, now)
        delivery, webhook = await _only_delivery(database), await _only_webhook(database)
    assert delivery.state == "delivered"
    assert (webhook.failures, webhook.failing_since) == (0, None)


async def test_nothing_is_tried_before_it_is_due(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await a_webhook(database, events=1)
        assert await tried(database, await claimed(database, NOW), 500, NOW)
        with pytest.raises(LookupError):
            await claimed(database, NOW + SCHEDULE[0] - timedelta(seconds=1))
        assert await claimed(database, NOW + SCHEDULE[0])


async def test_a_new_event_is_due_at_once_by_whatever_clock(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await a_webhook(database, events=1)
        assert await claimed(database, NOW - timedelta(days=365))


async def test_a_receiver_that_is_gone_is_sent_nothing_until_it_is_enabled(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        webhook, _ = await a_webhook(database, events=2)
        assert await tried(database, await claimed(database, NOW), 410, NOW)
        with pytest.raises(LookupError):
            await claimed(database, NOW)
        assert (await _only_webhook(database)).state == "gone"
        await in_programme(database, lambda store: enable_webhook(store, webhook))
        assert await tried(database, await claimed(database, NOW), 200, NOW)
        with pytest.raises(LookupError):
            await claimed(database, NOW)
        async with database.reading(PROGRAMME) as store:
            states = {delivery.state for delivery in await list_deliveries(store, webhook, 10)}
    assert states == {"failed", "delivered"}
    rows = await all_rows(tmp_path)
    assert "webhook gone" in {row["action"] for row in rows["audit_log"]}


async def test_a_webhook_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await a_webhook(database, events=2)
        seen = await _ready(database)
        first = await in_programme(database, lambda store: claim_delivery(store, seen, NOW))
        second = await in_programme(database, lambda store: claim_delivery(store, seen, NOW))
        with pytest.raises(LookupError):
            await claimed(database, NOW)
    assert first is not None
    assert second is None


async def test_whoever_lost_a_webhook_can_store_nothing(tmp_path: Path) -> None:
    """A worker was silent for a lease; another has sent the event meanwhile."""
    async with a_database(tmp_path) as database:
        await a_webhook(database, events=1)
        late = await claimed(database, NOW)
        async with database.across_programmes(writing=False) as session:
            (busy,) = await busy_webhooks(session)
        assert busy == late.seen
        assert await in_programme(database, lambda store: take_back_webhook(store, busy))
        assert not await in_programme(database, lambda store: take_back_webhook(store, busy))
        newer = await claimed(database, NOW)
        assert newer.waiting == late.waiting
        assert not await tried(database, late, 410, NOW)
        assert not await in_programme(database, lambda store: give_back_delivery(store, late))
        assert await tried(database, newer, 200, NOW)
        assert (await _only_delivery(database)).attempts == 1
        assert (await _only_webhook(database)).state == "enabled"


async def test_what_is_given_back_was_no_try(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await a_webhook(database, events=1)
        claim = await claimed(database, NOW)
        assert await in_programme(database, lambda store: give_back_delivery(store, claim))
        assert (await _only_delivery(database)).attempts == 0
        assert (await claimed(database, NOW)).waiting == claim.waiting


async def test_why_there_was_no_answer_is_kept(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await a_webhook(database, events=1)
        claim = await claimed(database, NOW)
        lost = Outcome(fault="timeout")
        await in_programme(database, lambda store: finish_delivery(store, claim, lost, NOW))
        delivery = await _only_delivery(database)
    assert (delivery.status, delivery.fault) == (None, "timeout")
    assert delivery.next_at == NOW + SCHEDULE[0]


async def test_the_webhook_that_waited_longest_is_first(tmp_path: Path) -> None:
    """One with many events does not come twice before another has come once."""
    async with a_database(tmp_path) as database:
        for _ in range(3):
            await a_webhook(database, events=3)
        served = []
        for step in range(6):
            now = NOW + timedelta(seconds=step)
            claim = await claimed(database, now)
            await tried(database, claim, 200, now)
            served.append(claim.seen.webhook_id)
    assert len(set(served[:3])) == 3
    assert served[:3] == served[3:]


async def _ready(database: Database) -> SeenWebhook:
    async with database.across_programmes(writing=False) as session:
        (seen,) = await ready_webhooks(session, NOW, failing=False, limit=10)
    return seen


async def _only_delivery(database: Database) -> Delivery:
    webhook = await _only_webhook(database)
    async with database.reading(PROGRAMME) as store:
        (delivery,) = await list_deliveries(store, webhook.id, 10)
    return delivery


async def _only_webhook(database: Database) -> Webhook:
    async with database.reading(PROGRAMME) as store:
        (webhook,) = await list_webhooks(store)
    return webhook
