"""Webhooks over HTTP, for admins: made, tried, rotated, switched off and removed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from models.domain.base import Frozen
from models.domain.webhook import Delivery, Webhook
from service.api.problems import behind_key, behind_key_with_body
from service.operations.webhooks import (
    LONGEST_OVERLAP_HOURS,
    MOST_SHOWN,
    WebhookRequest,
    check_webhook,
    create_webhook,
    delete_webhook,
    disable_webhook,
    enable_webhook,
    list_deliveries,
    list_webhooks,
    redeliver,
    rotate_secret,
    send_test_event,
)
from service.outbound.guard import Guard
from service.storage.database import Database

Overlap = Annotated[
    int,
    QueryParameter(
        ge=0,
        le=LONGEST_OVERLAP_HOURS,
        description="How many hours the old secret signs beside the new one.",
        schema_extra={"minimum": 0, "maximum": LONGEST_OVERLAP_HOURS},
    ),
]
Limit = Annotated[
    int,
    QueryParameter(
        ge=1,
        le=MOST_SHOWN,
        description="How many, at most.",
        schema_extra={"minimum": 1, "maximum": MOST_SHOWN},
    ),
]
OF_ONE = behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
OF_ONE_ENABLED = behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
OK = int(HTTPStatus.OK)


class NewWebhookView(Frozen):
    """A webhook, and the secret that was just made for it. It is shown once."""

    webhook: Webhook
    secret: str


class WebhookController(Controller):
    """The webhooks of the caller's programme."""

    path = "/webhooks"
    tags = ("Webhooks",)

    @get(operation_id="listWebhooks", summary="List the webhooks", responses=behind_key())
    async def every(
        self, database: NamedDependency[Database], programme: NamedDependency[str]
    ) -> tuple[Webhook, ...]:
        """Every webhook, and whether it fails; never a secret."""
        async with database.reading(programme) as store:
            return await list_webhooks(store)

    @post(
        operation_id="createWebhook",
        summary="Make a webhook",
        responses=behind_key_with_body(HTTPStatus.CONFLICT),
    )
    async def create(
        self,
        guard: NamedDependency[Guard],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
        data: JSONBody[WebhookRequest],
    ) -> NewWebhookView:
        """Be told of every run's end from now on. The secret is shown once."""
        destination = await check_webhook(guard, data)
        async with database.writing(programme, actor) as store:
            webhook, secret = await create_webhook(store, destination)
        return NewWebhookView(webhook=webhook, secret=secret)

    @post(
        "/{webhook_id:uuid}/rotate-secret",
        operation_id="rotateWebhookSecret",
        summary="Replace a webhook's secret",
        responses=OF_ONE,
    )
    async def rotate(
        self,
        webhook_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
        overlap_hours: Overlap = 24,
    ) -> NewWebhookView:
        """Make a new secret; both sign until the overlap is over."""
        async with database.writing(programme, actor) as store:
            webhook, secret = await rotate_secret(store, webhook_id, overlap_hours)
        return NewWebhookView(webhook=webhook, secret=secret)

    @post(
        "/{webhook_id:uuid}/enable",
        operation_id="enableWebhook",
        summary="Send to a webhook again",
        status_code=OK,
        responses=OF_ONE,
    )
    async def enable(
        self,
        webhook_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> Webhook:
        """Send what waits for it and what comes; its failures are counted anew."""
        async with database.writing(programme, actor) as store:
            return await enable_webhook(store, webhook_id)

    @post(
        "/{webhook_id:uuid}/disable",
        operation_id="disableWebhook",
        summary="Send nothing to a webhook",
        status_code=OK,
        responses=OF_ONE,
    )
    async def disable(
        self,
        webhook_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> Webhook:
        """What waits for it waits on; new events pass it by."""
        async with database.writing(programme, actor) as store:
            return await disable_webhook(store, webhook_id)

    @delete(
        "/{webhook_id:uuid}",
        operation_id="deleteWebhook",
        summary="Remove a webhook",
        responses=OF_ONE,
    )
    async def remove(
        self,
        webhook_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> None:
        """Remove it with all its deliveries, also those that wait."""
        async with database.writing(programme, actor) as store:
            await delete_webhook(store, webhook_id)

    @post(
        "/{webhook_id:uuid}/test",
        operation_id="sendTestEvent",
        summary="Try a webhook",
        responses=OF_ONE_ENABLED,
    )
    async def test(
        self,
        webhook_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> Delivery:
        """Send it an event `webhook.test`; its deliveries say what became of it."""
        async with database.writing(programme, actor) as store:
            return await send_test_event(store, webhook_id)

    @get(
        "/{webhook_id:uuid}/deliveries",
        operation_id="listDeliveries",
        summary="See what was delivered",
        responses=OF_ONE,
    )
    async def deliveries(
        self,
        webhook_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        limit: Limit = 20,
    ) -> tuple[Delivery, ...]:
        """The latest deliveries, the newest first: tries, answers and when the next try is due."""
        async with database.reading(programme) as store:
            return await list_deliveries(store, webhook_id, limit)

    @post(
        "/{webhook_id:uuid}/deliveries/{event_id:uuid}/redeliver",
        operation_id="redeliver",
        summary="Send an event again",
        responses=OF_ONE_ENABLED,
    )
    async def redeliver(
        self,
        webhook_id: FromPath[UUID],
        event_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> Delivery:
        """Send it under its own id, whatever became of it before."""
        async with database.writing(programme, actor) as store:
            return await redeliver(store, webhook_id, event_id)
