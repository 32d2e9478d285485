"""A delivery as a worker lives it: found due, claimed, tried, and tried again or given up.

Times are compared only to say when a try is due. That no two workers send to one webhook at once
follows from the attempt in its row, and a dead worker is known by its silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.webhook import DeliveryFigures, DeliveryState, Outcome, SeenWebhook
from service.operations.audit import record
from service.security.webhook_secrets import secret_of, signed_headers
from service.storage import deliveries, webhooks
from service.storage.database import Store
from service.storage.deliveries import Waiting
from service.storage.queue_figures import delivery_figures

SCHEDULE = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long after each failed try the next one is due; over 75 hours in all."""


@dataclass(frozen=True)
class Claim:
    """A delivery in hand: what is reported of it counts while the attempt is the webhook's."""

    seen: SeenWebhook
    url: str
    waiting: Waiting
    secrets: tuple[str, ...] = field(repr=False)

    def headers_at(self, now: datetime) -> dict[str, str]:
        """The headers of a try that is made now."""
        return signed_headers(self.secrets, self.waiting.event_id, now, self.waiting.body)


async def ready_webhooks(
    session: AsyncSession, now: datetime, *, failing: bool, limit: int
) -> list[SeenWebhook]:
    """Webhooks of every programme to which something is due, the longest unattended first.

    `failing` asks for those whose last try failed, and for no others.
    """
    return await webhooks.ready(session, now, failing=failing, limit=limit)


async def claim_delivery(store: Store, seen: SeenWebhook, now: datetime) -> Claim | None:
    """Take up what has been due to a webhook for longest; None where somebody else was faster."""
    taken = await webhooks.take(store, seen, now)
    if taken is None:
        return None
    waiting = await deliveries.next_due(store, seen.webhook_id, now)
    if waiting is None:
        await webhooks.release(store, taken.seen)
        return None
    secrets = tuple(
        secret_of(store.audit_key, store.programme, seen.webhook_id, salt) for salt in taken.salts
    )
    return Claim(taken.seen, taken.url, waiting, secrets)


async def finish_delivery(store: Store, claim: Claim, outcome: Outcome, now: datetime) -> bool:
    """Store what came of a try; False, and nothing stored, where it is another's by now."""
    if outcome.delivered:
        ours = await webhooks.release(store, claim.seen, failures=0, failing_since=None)
    else:
        ours = await webhooks.count_failure(store, claim.seen, now)
    if not ours:
        return False
    tries = claim.waiting.attempts + 1
    again = not outcome.delivered and not outcome.gone and tries <= len(SCHEDULE)
    state: DeliveryState = "waiting" if again else "delivered" if outcome.delivered else "failed"
    await deliveries.change(
        store,
        claim.seen.webhook_id,
        claim.waiting.event_id,
        state=state,
        attempts=tries,
        next_at=now + SCHEDULE[tries - 1] if again else None,
        attempted_at=now,
        **outcome.model_dump(),
    )
    if outcome.gone:
        await webhooks.change(store, claim.seen.webhook_id, state="gone")
        await record(store, "webhook gone", f"webhook:{claim.seen.webhook_id}")
    return True


async def give_back_delivery(store: Store, claim: Claim) -> bool:
    """Let go of a webhook with nothing to report, because the worker is to stop."""
    return await webhooks.release(store, claim.seen)


async def read_delivery_figures(session: AsyncSession) -> DeliveryFigures:
    """How much waits for webhooks, of every programme."""
    return await delivery_figures(session)


async def busy_webhooks(session: AsyncSession) -> list[SeenWebhook]:
    """Every webhook to which somebody sends."""
    return await webhooks.busy(session)


async def take_back_webhook(store: Store, seen: SeenWebhook) -> bool:
    """Free a webhook whose worker died; what it was sending is sent again, under the same id."""
    return await webhooks.release(store, seen)
