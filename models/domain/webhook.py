"""Webhooks: where a programme wants to be told of events, and what became of telling it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from models.domain.base import Frozen

WebhookState = Literal["enabled", "disabled", "gone"]
"""`gone`: the receiver answered 410, so nothing is sent there until somebody enables it."""

DeliveryState = Literal["waiting", "delivered", "failed"]
"""`failed`: every try was in vain, or the receiver is gone; only asking again sends it."""

Fault = Literal[
    "timeout", "connection", "tls", "protocol", "host_unknown", "address_refused", "internal"
]
"""Why a try had no answer."""

GONE = 410


class Webhook(Frozen):
    """An endpoint of a programme, never with its secret.

    `failures` counts the tries since the last one that was answered well, and `failing_since`
    is the first of them. The secret before a rotation signs as well until
    `previous_secret_until`.
    """

    id: UUID
    url: str
    state: WebhookState
    created_at: datetime
    failures: int = 0
    failing_since: datetime | None = None
    attempted_at: datetime | None = None
    previous_secret_until: datetime | None = None


class SeenWebhook(Frozen):
    """A webhook as it was seen: whoever sends for it raises `attempt` first."""

    programme: str
    webhook_id: UUID
    attempt: int


class Outcome(Frozen):
    """What came of one try: the status of the answer, or why there was none."""

    status: int | None = None
    fault: Fault | None = None

    @property
    def delivered(self) -> bool:
        """Whether the receiver has taken the event; a redirect is no such answer."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no event ever again."""
        return self.status == GONE


class DeliveryFigures(Frozen):
    """How much waits for webhooks that take events, since when, and how many of those fail."""

    waiting: int
    waiting_since: datetime | None
    failing: int


class Delivery(Frozen):
    """One event on its way to one webhook, with what came of the latest try.

    `event_id` is the same for every webhook and every try. `next_at` is empty for one that is
    due at once.
    """

    event_id: UUID
    type: str
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_at: datetime | None = None
    attempted_at: datetime | None = None
    status: int | None = None
    fault: Fault | None = None
