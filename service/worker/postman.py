"""The postman: sends what is due to webhooks, one delivery at a time to each of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from time import monotonic
from typing import Protocol

import structlog

from models.domain.webhook import Outcome, SeenWebhook
from service.logs import log_incident
from service.metrics import WEBHOOK_TRIES
from service.operations.deliveries import (
    Claim,
    busy_webhooks,
    claim_delivery,
    finish_delivery,
    give_back_delivery,
    ready_webhooks,
    take_back_webhook,
)
from service.operations.recovery import Watch
from service.settings import Settings
from service.storage.database import Database
from service.worker.patience import patiently

WIND_DOWN_SECONDS = 2.0
"""How long the end may take. A webhook that is not let go by then is freed after a lease."""


class Post(Protocol):
    """Sends one request, such as `service.outbound.sender.Sender.post`; raises nothing."""

    async def __call__(self, url: str, headers: dict[str, str], body: bytes) -> Outcome:
        """What came of it."""


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Postman:
    """Sends for every programme. `now` says when a try is due; it may be any clock.

    Webhooks that fail have places of their own, so that they take none from the others.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        post: Post,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database, self._settings = database, settings
        self._post, self._now = post, now
        self._stopping = asyncio.Event()
        self._at_work: dict[SeenWebhook, tuple[asyncio.Task[None], bool]] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work while the block lasts; what is unfinished at its end is sent by somebody else."""
        working = asyncio.create_task(self._work())
        try:
            yield
        finally:
            self._stopping.set()
            await asyncio.wait({working}, timeout=WIND_DOWN_SECONDS)

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as loops:
            loops.create_task(self._watch_over_others())
            loops.create_task(self._serve())

    async def _serve(self) -> None:
        stopping = asyncio.create_task(self._stopping.wait())
        while not self._stopping.is_set():
            found = await patiently(self._ready, "webhooks not readable", self._stopping)
            for seen, failing in found or ():
                sending = asyncio.create_task(self._serve_one(seen))
                self._at_work[seen] = (sending, failing)
            tasks = {task for task, _ in self._at_work.values()}
            await asyncio.wait(
                {stopping, *tasks},
                timeout=self._settings.poll_every,
                return_when=asyncio.FIRST_COMPLETED,
            )
            self._forget_finished()
        for task, _ in self._at_work.values():
            await task

    async def _ready(self) -> list[tuple[SeenWebhook, bool]]:
        """Webhooks to which something is due, as many as there are places; and if they fail."""
        found = list[tuple[SeenWebhook, bool]]()
        async with self._database.across_programmes(writing=False) as session:
            for kind in (False, True):
                taken = sum(failing == kind for _, failing in self._at_work.values())
                free = self._settings.webhooks_at_once - taken
                # Those that are about to be taken can still be seen, and are passed over.
                limit = free + len(self._at_work)
                seen = await ready_webhooks(session, self._now(), failing=kind, limit=limit)
                new = [webhook for webhook in seen if webhook not in self._at_work]
                found += [(webhook, kind) for webhook in new[:free]]
        return found

    def _forget_finished(self) -> None:
        self._at_work = {
            seen: (task, kind) for seen, (task, kind) in self._at_work.items() if not task.done()
        }

    async def _serve_one(self, seen: SeenWebhook) -> None:
        """Sends one delivery; nothing is raised."""

        async def claimed() -> Claim | None:
            async with self._database.writing(seen.programme, "worker") as store:
                return await claim_delivery(store, seen, self._now())

        claim = await patiently(claimed, "delivery not claimed", self._stopping)
        if claim is None:
            return
        outcome = await self._sent(claim)

        async def stored() -> bool:
            async with self._database.writing(seen.programme, "worker") as store:
                if outcome is None:
                    return await give_back_delivery(store, claim)
                return await finish_delivery(store, claim, outcome, self._now())

        if outcome is not None:
            WEBHOOK_TRIES.labels(_label(outcome)).inc()
        await patiently(stored, "delivery not stored", self._stopping)

    async def _sent(self, claim: Claim) -> Outcome | None:
        """What came of a try; None where the worker is to stop before it is over."""
        body = claim.waiting.body.encode()
        sending = asyncio.ensure_future(self._post(claim.url, claim.headers_at(self._now()), body))
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({sending, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        webhook = str(claim.seen.webhook_id)
        if not sending.done():
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending
            return None
        try:
            outcome = sending.result()
        except Exception as error:
            log_incident("delivery failed", error, webhook=webhook)
            return Outcome(fault="internal")
        if not outcome.delivered:
            structlog.get_logger().info(
                "webhook failing", webhook=webhook, status=outcome.status, detail=outcome.fault
            )
        return outcome

    async def _watch_over_others(self) -> None:
        """Frees webhooks that have been held for longer than any try takes."""
        lease = max(self._settings.lease, 2 * self._settings.webhook_timeout)
        watch = Watch[SeenWebhook](lease, monotonic)
        while not self._stopping.is_set():
            busy = await patiently(self._busy, "webhooks not readable", self._stopping)
            for seen in watch.silent(busy or ()):
                await self._take_back(seen)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), lease / 6)

    async def _busy(self) -> list[SeenWebhook]:
        async with self._database.across_programmes(writing=False) as session:
            return await busy_webhooks(session)

    async def _take_back(self, seen: SeenWebhook) -> None:
        async def take_back() -> bool:
            async with self._database.writing(seen.programme, "worker") as store:
                return await take_back_webhook(store, seen)

        if await patiently(take_back, "webhook not taken back", self._stopping):
            structlog.get_logger().warning("webhook taken back", webhook=str(seen.webhook_id))


def _label(outcome: Outcome) -> str:
    """What came of a try, in a word; a status would be the receiver's to choose."""
    return "delivered" if outcome.delivered else outcome.fault or "refused"
