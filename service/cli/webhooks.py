"""`pairwell webhooks`: who is told of events, and what became of telling them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from service.cli.stores import with_store

if TYPE_CHECKING:
    from models.domain.webhook import Delivery, Webhook
    from service.storage.database import Store

AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]
Named = Annotated[UUID, typer.Argument(metavar="WEBHOOK", help="The webhook's id.")]


def create(
    url: Annotated[str, typer.Argument(help="Where to, such as https://hr.example.gov.uk/hook.")],
    as_json: AsJson = False,
) -> None:
    """Tell a URL of every run's end from now on. The secret is shown once."""
    from service.cli.configuration import read_settings
    from service.operations.webhooks import WebhookRequest, check_webhook, create_webhook
    from service.outbound.guard import guard_of

    async def made() -> tuple[Webhook, str]:
        destination = await check_webhook(guard_of(read_settings()), WebhookRequest(url=url))
        return await with_store(lambda store: create_webhook(store, destination))

    _show_secret(*asyncio.run(made()), as_json)


def list_all(as_json: AsJson = False) -> None:
    """List the webhooks of the programme, and which of them fail."""
    from service.cli.printing import printable
    from service.operations.webhooks import list_webhooks

    found = asyncio.run(with_store(list_webhooks))
    if as_json:
        _print_json([webhook.model_dump(mode="json") for webhook in found])
        return
    for webhook in found:
        failing = f"  {webhook.failures} failures" if webhook.failures else ""
        typer.echo(f"{webhook.id}  {webhook.state:8}  {printable(webhook.url)}{failing}")


def rotate(
    webhook: Named,
    overlap_hours: Annotated[
        int, typer.Option(min=0, max=168, help="How long the old secret signs too, in hours.")
    ] = 24,
    as_json: AsJson = False,
) -> None:
    """Make a new secret, beside which the old one signs until the overlap is over."""
    from service.operations.webhooks import rotate_secret

    made = with_store(lambda store: rotate_secret(store, webhook, overlap_hours))
    _show_secret(*asyncio.run(made), as_json)


def enable(webhook: Named) -> None:
    """Send to a webhook again: what waits for it, and what comes."""
    from service.operations.webhooks import enable_webhook

    asyncio.run(with_store(lambda store: enable_webhook(store, webhook)))
    typer.echo(f"The webhook {webhook} is enabled.")


def disable(webhook: Named) -> None:
    """Send nothing to a webhook; new events pass it by."""
    from service.operations.webhooks import disable_webhook

    asyncio.run(with_store(lambda store: disable_webhook(store, webhook)))
    typer.echo(f"The webhook {webhook} is disabled.")


def delete(webhook: Named) -> None:
    """Remove a webhook with all its deliveries, also those that wait."""
    from service.operations.webhooks import delete_webhook

    asyncio.run(with_store(lambda store: delete_webhook(store, webhook)))
    typer.echo(f"The webhook {webhook} is removed.")


def send_test(webhook: Named, as_json: AsJson = False) -> None:
    """Have the worker send an event that says nothing."""
    from service.operations.webhooks import send_test_event

    _show_delivery(lambda store: send_test_event(store, webhook), as_json)


def deliveries(
    webhook: Named,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many, at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show what was and is to be delivered lately, the newest first."""
    from service.operations.webhooks import list_deliveries

    found = asyncio.run(with_store(lambda store: list_deliveries(store, webhook, limit)))
    if as_json:
        _print_json([delivery.model_dump(mode="json") for delivery in found])
        return
    for delivery in found:
        typer.echo(_line(delivery))


def redeliver(
    webhook: Named,
    event: Annotated[UUID, typer.Argument(help="The event's id, as `deliveries` shows it.")],
    as_json: AsJson = False,
) -> None:
    """Have the worker send an event again, under its own id."""
    from service.operations import webhooks

    _show_delivery(lambda store: webhooks.redeliver(store, webhook, event), as_json)


def _show_secret(webhook: Webhook, secret: str, as_json: bool) -> None:
    if as_json:
        _print_json({**webhook.model_dump(mode="json", include={"id", "url"}), "secret": secret})
    else:
        typer.echo(secret)
        typer.echo(f"The webhook is {webhook.id}. Keep its secret safe.", err=True)


def _show_delivery(work: Callable[[Store], Awaitable[Delivery]], as_json: bool) -> None:
    delivery = asyncio.run(with_store(work))
    if as_json:
        _print_json(delivery.model_dump(mode="json"))
    else:
        typer.echo(_line(delivery))


def _line(delivery: Delivery) -> str:
    answer = delivery.status or delivery.fault or "not tried yet"
    following = f", next try {delivery.next_at:%Y-%m-%d %H:%M} UTC" if delivery.next_at else ""
    return (
        f"{delivery.event_id}  {delivery.type}  {delivery.state}  "
        f"{delivery.attempts} tries, last answer: {answer}{following}"
    )


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, indent=2))
