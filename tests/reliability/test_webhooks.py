"""Events reach a receiver that fails in every way, on a clock that the test puts forward."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from standardwebhooks import Webhook as Verifier
from standardwebhooks import webhooks as verifying

from models.tables import DeliveryRow, WebhookRow
from service.operations.webhooks import list_webhooks, rotate_secret
from service.outbound.destinations import OutboundRules
from service.outbound.guard import Guard
from service.outbound.sender import Sender
from service.storage.database import Database
from service.worker.postman import Postman
from tests.reliability.counts import EVENTS, SEED
from tests.service.receivers import Received, Receiver
from tests.service.services import PROGRAMME, a_database, some_settings
from tests.service.webhooks import a_webhook, in_programme

WEBHOOKS = 10
FAILING = 0.3
FAULTS = ("500", "503", "302", "silent", "reset", "loris")
TRY_SECONDS = 0.3
LONGEST = 300.0
"""Seconds within which everything has to be delivered, by the real clock."""

MOST_FAULTS = 6
"""How often one event fails at most; by pure chance one in a hundred runs would give one up."""

WAITING = select(DeliveryRow.next_at).where(DeliveryRow.state == "waiting")
BUSY = select(func.count()).where(WebhookRow.busy)


class Clock:
    """A clock that is put forward, over the real one, so that no two moments are the same."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def put_forward_to(self, moment: datetime) -> None:
        self._ahead += max(moment - self(), timedelta())

    @property
    def ahead(self) -> timedelta:
        """How much more time has gone by than by the real clock."""
        return self._ahead


@pytest.mark.reliability
def test_every_event_arrives_whatever_the_receiver_does(
    tmp_path: Path, tell: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    flood = Flood(random.Random(SEED))
    monkeypatch.setattr(verifying, "datetime", flood.datetime())
    started = time.monotonic()
    asyncio.run(flood.run(tmp_path))
    took = time.monotonic() - started
    tell("R4", f"{flood.report()}, in {took:.0f} s")
    tried, failed = len(flood.receiver.received), sum(flood.faults.values())
    assert flood.unfinished == 0
    assert len(flood.delivered) == EVENTS
    assert len(flood.bodies) == EVENTS, "an event has one body and one id for ever"
    assert flood.receiver.most_in_flight == 1
    assert flood.elsewhere == 0
    assert set(flood.faults) == set(FAULTS)
    assert 0.8 * FAILING < failed / tried < 1.2 * FAILING
    assert min(flood.verified["old"], flood.verified["new"]) > 0
    assert flood.verified["neither"] == 0


class Flood:
    """A receiver with some webhooks, all their events, and what became of them."""

    def __init__(self, draw: random.Random) -> None:
        self.clock = Clock()
        self.receiver = Receiver(self._answer)
        self.faults = Counter[str]()
        self.verified = Counter[str]()
        self.delivered = set[str]()
        self.bodies = dict[str, bytes]()
        self.secrets = dict[str, list[str]]()
        self.unfinished = -1
        self.elsewhere = -1
        self._failed = Counter[str]()
        self._draw = draw

    async def run(self, folder: Path) -> None:
        """Sends everything; half-way through every secret is rotated."""
        settings = some_settings(folder, webhook_timeout=TRY_SECONDS, lease=30.0)
        sender = Sender(Guard(OutboundRules(loopback=True)), TRY_SECONDS)
        async with a_database(folder) as database, self._listening() as base:
            for number in range(WEBHOOKS):
                path = f"/{number}"
                _, secret = await a_webhook(database, f"{base}{path}", EVENTS // WEBHOOKS)
                self.secrets[path] = [secret]
            async with Postman(database, settings, sender.post, self.clock).running():
                async with asyncio.timeout(LONGEST):
                    await self.receiver.until(lambda: len(self.delivered) > EVENTS // 2, LONGEST)
                    await self._rotate(database)
                    while await self._go_on(database):
                        pass
            self.unfinished = len((await _moments(database))[0])

    def report(self) -> str:
        """The figures."""
        faults = ", ".join(f"{count} {fault}" for fault, count in sorted(self.faults.items()))
        return (
            f"{len(self.delivered)} of {EVENTS} events delivered in "
            f"{len(self.receiver.received)} tries, {sum(self.faults.values())} of them failed "
            f"({faults}); at most {self.receiver.most_in_flight} in flight at each of {WEBHOOKS} "
            f"webhooks, {self.elsewhere} redirects followed, every signature verified, "
            f"{self.clock.ahead.total_seconds() / 3600:.1f} h gone by"
        )

    def datetime(self) -> type[datetime]:
        """The class `datetime`, which tells the time of the clock."""
        clock = self.clock

        class Told(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> Any:
                return clock().astimezone(tz)

        return Told

    def _answer(self, received: Received) -> str:
        """What a try is answered, once its signature has been looked at."""
        self.verified[self._signed_by(received)] += 1
        known = self.bodies.setdefault(received.event, received.body)
        assert known == received.body
        if self._failed[received.event] < MOST_FAULTS and self._draw.random() < FAILING:
            self._failed[received.event] += 1
            fault = self._draw.choice(FAULTS)
            self.faults[fault] += 1
            return fault
        self.delivered.add(received.event)
        return "200"

    def _signed_by(self, received: Received) -> str:
        """Which secrets the receiver needs: the old one until it learns of a new one."""
        old, *new = self.secrets[received.path]
        for name, secret in (("new", new[0] if new else ""), ("old", old)):
            if secret and _verifies(secret, received):
                # Within the overlap the old one would do as well.
                if name == "new":
                    assert _verifies(old, received)
                return name
        return "neither"

    async def _rotate(self, database: Database) -> None:
        async with database.reading(PROGRAMME) as store:
            webhooks = await list_webhooks(store)
        for webhook in webhooks:
            _, secret = await in_programme(
                database, lambda store, hook=webhook.id: rotate_secret(store, hook, 24 * 7)
            )
            path = f"/{webhook.url.rpartition('/')[2]}"
            self.secrets[path].append(secret)

    async def _go_on(self, database: Database) -> bool:
        """Puts the clock forward where nothing is due and nobody sends; False at the end."""
        moments, busy = await _moments(database)
        if not moments:
            return False
        if not busy and None not in moments:
            self.clock.put_forward_to(min(moment for moment in moments if moment))
        await asyncio.sleep(0.05)
        return True

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[str]:
        """The receiver's address; redirects from it would be seen."""
        elsewhere = Receiver(lambda asked: "200")
        async with self.receiver.listening() as here, elsewhere.listening():
            here.elsewhere = elsewhere.base
            yield here.base
        self.elsewhere = elsewhere.accepted


async def _moments(database: Database) -> tuple[list[datetime | None], int]:
    """When everything that waits is due, and at how many webhooks something is on its way."""
    async with database.reading(PROGRAMME) as store:
        moments = list(await store.session.scalars(WAITING))
        return moments, (await store.session.execute(BUSY)).scalar_one()


def _verifies(secret: str, received: Received) -> bool:
    try:
        Verifier(secret).verify(received.body, received.headers)
    except verifying.WebhookVerificationError:
        return False
    return True
