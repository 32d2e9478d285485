"""The postman on the real clock, with receivers that are well, dead or slow."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from standardwebhooks import Webhook as Verifier

from models.domain.webhook import Delivery
from service.metrics import REGISTRY
from service.operations.webhooks import list_deliveries, send_test_event
from service.outbound.destinations import OutboundRules
from service.outbound.guard import Guard
from service.outbound.sender import Sender
from service.storage.database import Database
from service.worker.postman import Post, Postman
from tests.service.receivers import Receiver
from tests.service.services import (
    LONG_ENOUGH,
    PROGRAMME,
    a_database,
    a_document,
    a_service,
    some_settings,
    until,
)
from tests.service.webhooks import a_webhook, claimed, in_programme

pytestmark = pytest.mark.anyio

LONGEST_DELAY = 1.0
"""Seconds by which those that do not answer may hold up one that does."""


def test_a_webhook_that_is_made_over_http_is_told_of_the_next_round(
    tmp_path: Path,
) -> None:
    """From the door to the receiver, and back: what was delivered can be seen."""

    async def told() -> None:
        async with Receiver(lambda asked: "200").listening() as receiver:
            await asyncio.to_thread(run, receiver)
            verifier = Verifier(secret[0])
            verified = [verifier.verify(each.body, each.headers) for each in receiver.received]
            assert {event["type"]: event["data"]["state"] for event in verified} == {
                "round.running": "running",
                "run.solved": "solved",
            }

    def run(receiver: Receiver) -> None:
        with a_service(tmp_path, role="admin", webhook_loopback=True) as admin:
            body = {"url": f"{receiver.base}/hook"}
            made = admin.client.post("/v1/webhooks", json=body, headers=admin.headers()).json()
            secret.append(made["secret"])
            deliveries = f"/v1/webhooks/{made['webhook']['id']}/deliveries"
            with a_service(tmp_path, with_worker=False) as planner:
                planner.submitted(a_document())
            until(admin, deliveries, lambda seen: [it["state"] for it in seen] == ["delivered"] * 2)

    secret = list[str]()
    asyncio.run(told())


async def test_those_that_do_not_answer_hold_up_nobody_else(tmp_path: Path) -> None:
    """There are more of them than places, each takes its whole time, and all have failed before."""
    async with (
        a_database(tmp_path) as database,
        Receiver(lambda asked: "silent" if "dead" in asked.path else "200").listening() as receiver,
    ):
        dead = [await a_webhook(database, f"{receiver.base}/dead-{n}", 1) for n in range(4)]
        async with _postman(database, tmp_path, timeout=0.1):
            await receiver.until(lambda: len(receiver.received) == len(dead))
        for webhook, _ in dead:
            await in_programme(database, lambda store, hook=webhook: send_test_event(store, hook))
        well, _ = await a_webhook(database, f"{receiver.base}/well")
        async with _postman(database, tmp_path, timeout=60.0):
            await receiver.until(lambda: receiver.in_flight.total() == 2)
            delays = []
            for number in range(5):
                started = time.monotonic()
                await in_programme(database, lambda store: send_test_event(store, well))
                await receiver.until(lambda n=number: _count(receiver, "/well") == n + 1)
                delays.append(time.monotonic() - started)
            assert receiver.in_flight.total() == 2
    assert max(delays) < LONGEST_DELAY, delays


async def test_two_workers_send_each_event_once_and_never_two_at_a_time(tmp_path: Path) -> None:
    async with (
        a_database(tmp_path) as database,
        a_database(tmp_path) as other,
        Receiver(lambda asked: "200").listening() as receiver,
    ):
        for number in range(3):
            await a_webhook(database, f"{receiver.base}/{number}", events=10)
        async with _postman(database, tmp_path), _postman(other, tmp_path):
            await receiver.until(lambda: len(receiver.received) == 30)
    assert receiver.most_in_flight == 1
    assert len({received.event for received in receiver.received}) == 30


async def test_what_a_dead_worker_was_sending_is_sent_by_another(tmp_path: Path) -> None:
    async with (
        a_database(tmp_path) as database,
        Receiver(lambda asked: "200").listening() as receiver,
    ):
        webhook, _ = await a_webhook(database, f"{receiver.base}/", events=1)
        abandoned = await claimed(database)
        async with _postman(database, tmp_path, timeout=0.1):
            await _until_delivered(database, webhook)
        assert [received.event for received in receiver.received] == [
            str(abandoned.waiting.event_id)
        ]


async def test_a_worker_that_is_stopped_lets_go_at_once(tmp_path: Path) -> None:
    async with (
        a_database(tmp_path) as database,
        Receiver(lambda asked: "silent").listening() as receiver,
    ):
        webhook, _ = await a_webhook(database, f"{receiver.base}/", events=1)
        async with _postman(database, tmp_path, timeout=60.0):
            await receiver.until(lambda: receiver.accepted == 1)
            started = time.monotonic()
        assert time.monotonic() - started < 2.0
        (delivery,) = await _deliveries(database, webhook)
        assert (delivery.state, delivery.attempts) == ("waiting", 0)
        assert await claimed(database)


async def test_a_fault_of_ours_is_a_failed_try_and_no_end_of_the_work(tmp_path: Path) -> None:
    async def breaks(url: str, headers: dict[str, str], body: bytes) -> object:
        raise RuntimeError("https://example.org/secret-path")

    counted = partial(REGISTRY.get_sample_value, "pairwell_webhook_tries_total")
    tries = counted({"outcome": "internal"}) or 0
    async with a_database(tmp_path) as database:
        webhook, _ = await a_webhook(database, events=1)
        async with _postman(database, tmp_path, post=breaks):  # type: ignore[arg-type]
            async with asyncio.timeout(LONG_ENOUGH):
                while (await _deliveries(database, webhook))[0].attempts == 0:
                    await asyncio.sleep(0)
        (delivery,) = await _deliveries(database, webhook)
    assert (delivery.state, delivery.fault) == ("waiting", "internal")
    assert counted({"outcome": "internal"}) == tries + 1


@asynccontextmanager
async def _postman(
    database: Database, folder: Path, timeout: float = 5.0, post: Post | None = None
) -> AsyncIterator[None]:
    settings = some_settings(
        folder, webhook_timeout=timeout, webhooks_at_once=2, poll_every=0.02, lease=0.1
    )
    sender = Sender(Guard(OutboundRules(loopback=True)), timeout)
    async with Postman(database, settings, post or sender.post).running():
        yield


def _count(receiver: Receiver, path: str) -> int:
    return sum(received.path == path for received in receiver.received)


async def _until_delivered(database: Database, webhook: UUID) -> None:
    async with asyncio.timeout(LONG_ENOUGH):
        while {it.state for it in await _deliveries(database, webhook)} != {"delivered"}:
            await asyncio.sleep(0)


async def _deliveries(database: Database, webhook: UUID) -> tuple[Delivery, ...]:
    async with database.reading(PROGRAMME) as store:
        return await list_deliveries(store, webhook, 100)
