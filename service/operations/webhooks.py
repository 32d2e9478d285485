"""Webhooks as an admin lives with them: made, listed, rotated, disabled, tried and removed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from models.domain.base import Frozen
from models.domain.event import Message
from models.domain.issue import Issue
from models.domain.webhook import Delivery, Webhook
from service.errors import Conflicting, SettingRefused, not_found, one_issue
from service.operations.audit import record
from service.outbound.destinations import Destination, read_destination
from service.outbound.guard import Guard, Unreachable
from service.security.webhook_secrets import make_salt, secret_of
from service.storage import deliveries, webhooks
from service.storage.database import Store

MOST_WEBHOOKS = 20
LONGEST_OVERLAP_HOURS = 168
MOST_SHOWN = 100
TEST_EVENT = "webhook.test"


class WebhookRequest(Frozen):
    """A webhook that is wanted, by its URL."""

    url: str


async def check_webhook(guard: Guard, wanted: WebhookRequest) -> Destination:
    """Where the webhook goes. It asks for the host's addresses, so no transaction is open here.

    Raises `SettingRefused` for a URL that no event may be sent to.
    """
    destination = read_destination(wanted.url, guard.rules)
    try:
        await guard.addresses(destination)
    except Unreachable as unreachable:
        raise SettingRefused(_unreachable(destination, unreachable)) from None
    return destination


async def create_webhook(store: Store, destination: Destination) -> tuple[Webhook, str]:
    """A new webhook of the programme and its secret, which is told now and never again."""
    webhook = Webhook(
        id=uuid4(), url=destination.url, state="enabled", created_at=datetime.now(UTC)
    )
    # The log first: it lets one at a time in, so that two do not both make the last one.
    await record(store, "webhook made", _subject(webhook.id), url=webhook.url)
    if await webhooks.count(store) >= MOST_WEBHOOKS:
        raise Conflicting(
            one_issue(
                "WEBHOOKS_TOO_MANY",
                f"The programme has {MOST_WEBHOOKS} webhooks already.",
                hint="Remove one that is not needed.",
                limit=MOST_WEBHOOKS,
            )
        )
    salt = make_salt()
    await webhooks.add(store, webhook, salt)
    return webhook, secret_of(store.audit_key, store.programme, webhook.id, salt)


async def list_webhooks(store: Store) -> tuple[Webhook, ...]:
    """The programme's webhooks, the newest last."""
    return await webhooks.every(store)


async def rotate_secret(
    store: Store, webhook_id: UUID, overlap_hours: float
) -> tuple[Webhook, str]:
    """A new secret; the one before it signs beside it until the overlap is over."""
    await _found(store, webhook_id)
    salt, until = make_salt(), datetime.now(UTC) + timedelta(hours=overlap_hours)
    await record(store, "webhook secret replaced", _subject(webhook_id), until=until.isoformat())
    await webhooks.replace_salt(store, webhook_id, salt, until)
    secret = secret_of(store.audit_key, store.programme, webhook_id, salt)
    return await _found(store, webhook_id), secret


async def enable_webhook(store: Store, webhook_id: UUID) -> Webhook:
    """Send to a webhook again, from the next event on, and what still waits for it."""
    if (await _found(store, webhook_id)).state != "enabled":
        await record(store, "webhook enabled", _subject(webhook_id))
        await webhooks.change(store, webhook_id, state="enabled", failures=0, failing_since=None)
    return await _found(store, webhook_id)


async def disable_webhook(store: Store, webhook_id: UUID) -> Webhook:
    """Send nothing to a webhook: what waits for it waits on, and new events pass it by."""
    if (await _found(store, webhook_id)).state != "disabled":
        await record(store, "webhook disabled", _subject(webhook_id))
        await webhooks.change(store, webhook_id, state="disabled")
    return await _found(store, webhook_id)


async def delete_webhook(store: Store, webhook_id: UUID) -> None:
    """Remove a webhook, with everything that was or is to be delivered to it."""
    await _found(store, webhook_id)
    # The log first: whoever ends a run has it when it puts its event out to webhooks.
    await record(store, "webhook removed", _subject(webhook_id))
    await webhooks.remove(store, webhook_id)


async def send_test_event(store: Store, webhook_id: UUID) -> Delivery:
    """Put out an event that says nothing, to one webhook. Raises `Conflicting` if it is off."""
    await _enabled(store, webhook_id)
    message = Message(id=uuid4(), type=TEST_EVENT, timestamp=datetime.now(UTC), data={})
    await deliveries.add(store, message, [webhook_id])
    return await _delivery(store, webhook_id, message.id)


async def list_deliveries(store: Store, webhook_id: UUID, limit: int) -> tuple[Delivery, ...]:
    """What was and is to be delivered to a webhook lately, the newest first."""
    await _found(store, webhook_id)
    return await deliveries.latest(store, webhook_id, limit)


async def redeliver(store: Store, webhook_id: UUID, event_id: UUID) -> Delivery:
    """Send an event again under its own id, whatever became of it, with every try to come."""
    await _enabled(store, webhook_id)
    await _delivery(store, webhook_id, event_id)
    await record(store, "webhook redelivery", _subject(webhook_id), event=str(event_id))
    await deliveries.change(store, webhook_id, event_id, state="waiting", attempts=0, next_at=None)
    return await _delivery(store, webhook_id, event_id)


def _subject(webhook_id: UUID) -> str:
    return f"webhook:{webhook_id}"


async def _found(store: Store, webhook_id: UUID) -> Webhook:
    webhook = await webhooks.find(store, webhook_id)
    if webhook is None:
        raise not_found("webhook", webhook_id)
    return webhook


async def _enabled(store: Store, webhook_id: UUID) -> None:
    webhook = await _found(store, webhook_id)
    if webhook.state != "enabled":
        raise Conflicting(
            one_issue(
                "WEBHOOK_DISABLED",
                f"Nothing is sent to this webhook: it is {webhook.state}.",
                hint="Enable it first.",
                state=webhook.state,
            )
        )


async def _delivery(store: Store, webhook_id: UUID, event_id: UUID) -> Delivery:
    delivery = await deliveries.find(store, webhook_id, event_id)
    if delivery is None:
        raise not_found("delivery", event_id)
    return delivery


def _unreachable(destination: Destination, unreachable: Unreachable) -> tuple[Issue, ...]:
    if unreachable.fault == "host_unknown":
        return (
            Issue(
                code="WEBHOOK_HOST_UNKNOWN",
                pointer="/url",
                message="The host of this URL has no address.",
                hint="Check its name; the service has to be able to look it up.",
                detail={"value": destination.host},
            ),
        )
    # Which address it has is not told: the answer would be a map of somebody's network.
    return (
        Issue(
            code="WEBHOOK_ADDRESS_REFUSED",
            pointer="/url",
            message="Webhooks go to the public internet by https, and this host is not there.",
            hint="Give a host all of whose addresses are public.",
            detail={"value": destination.host},
        ),
    )
