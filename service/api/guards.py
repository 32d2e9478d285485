"""Who may call a route. Every route declares one of these, or the build fails."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from service.errors import ContentTypeRefused, one_issue
from service.operations.database import require_ready
from service.operations.keys import authenticate
from service.storage.database import Database

Connection = ASGIConnection[Any, Any, Any, Any]


async def holds_key(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Only callers with an API key; from here on the connection acts for the key's programme."""
    scheme, _, text = connection.headers.get("authorization", "").partition(" ")
    database: Database = connection.app.state.database
    await require_ready(database)
    async with database.across_programmes(writing=False) as session:
        key = await authenticate(session, text.strip() if scheme.lower() == "bearer" else None)
    connection.scope["auth"] = key


def open_to_everybody(_connection: Connection, _handler: BaseRouteHandler) -> None:
    """Health and documentation, which show nothing of any programme."""


def sends_json(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Only bodies that say they are JSON; asked before the body is read."""
    content_type = connection.headers.get("content-type", "")
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise ContentTypeRefused(
            one_issue(
                "CONTENT_TYPE_REFUSED",
                "The body must be application/json.",
                hint="Send `Content-Type: application/json`.",
                value=media_type,
            )
        )
