"""Health over HTTP, for whatever starts and watches the service."""

from __future__ import annotations

from http import HTTPStatus
from threading import Event
from typing import Literal

from litestar import Controller, get, head
from litestar.di import NamedDependency

from models.domain.base import Frozen
from service.api.guards import open_to_everybody
from service.api.problems import documented
from service.errors import ServiceClosing, one_issue
from service.operations.database import require_ready
from service.storage.database import Database


class Health(Frozen):
    """All is well."""

    status: Literal["ok"] = "ok"


class HealthController(Controller):
    """Whether the process lives, and whether it can work."""

    path = "/health"
    tags = ("Health",)
    guards = (open_to_everybody,)

    @get("/live", operation_id="isAlive", summary="Is the process alive?", security=[{}])
    async def live(self) -> Health:
        """Answers as long as the process serves requests at all."""
        return Health()

    @get(
        "/ready",
        operation_id="isReady",
        summary="Can the service work?",
        security=[{}],
        responses=documented(HTTPStatus.SERVICE_UNAVAILABLE),
    )
    async def ready(
        self, database: NamedDependency[Database], closing: NamedDependency[Event]
    ) -> Health:
        """Answers well when the database does, with the schema that this version needs.

        A process that was told to end says no, and goes on answering other requests for a while.
        """
        await _require_ready(database, closing)
        return Health()

    @head("/live", operation_id="isAliveBriefly", include_in_schema=False)
    async def live_briefly(self) -> None:
        """As with GET, for monitors that want no body."""

    @head("/ready", operation_id="isReadyBriefly", include_in_schema=False)
    async def ready_briefly(
        self, database: NamedDependency[Database], closing: NamedDependency[Event]
    ) -> None:
        """As with GET, for monitors that want no body."""
        await _require_ready(database, closing)


async def _require_ready(database: Database, closing: Event) -> None:
    if closing.is_set():
        raise ServiceClosing(
            one_issue(
                "SERVICE_CLOSING",
                "This process is about to end.",
                hint="Send the request to another process of the service.",
            )
        )
    await require_ready(database)
