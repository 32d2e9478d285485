"""Who may call a route. Every route declares one of these, or the build fails.

What each role may do is declared in `service.security.permissions`.
"""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from service.errors import ContentTypeRefused, NotAuthenticated, TooManyTries, one_issue
from service.operations.database import require_ready
from service.operations.keys import authenticate
from service.security.permissions import require_permission
from service.security.tries import FailedTries
from service.storage.database import Database

Connection = ASGIConnection[Any, Any, Any, Any]


async def holds_key(connection: Connection, handler: BaseRouteHandler) -> None:
    """Only callers with an API key whose role may do this; the connection acts for its programme.

    The caller's address is the connection's own: no header can claim another.
    """
    scheme, _, text = connection.headers.get("authorization", "").partition(" ")
    address = connection.client.host if connection.client else ""
    database: Database = connection.app.state.database
    await require_ready(database)
    try:
        async with database.across_programmes(writing=False) as session:
            given = text.strip() if scheme.lower() == "bearer" else None
            key = await authenticate(session, given, address)
    except NotAuthenticated as refusal:
        raise _failed(connection.app.state.failed_tries, address, refusal) from None
    # Which methods a path takes is no secret from anybody with a key.
    if connection.scope.get("method") != "OPTIONS":
        require_permission(key, operation_of(handler))
    connection.scope["auth"] = key


def operation_of(handler: BaseRouteHandler) -> str:
    """The id under which a route is declared; empty where it has none."""
    operation = getattr(handler, "operation_id", None)
    return operation if isinstance(operation, str) else ""


def _failed(
    tries: FailedTries, address: str, refusal: NotAuthenticated
) -> NotAuthenticated | TooManyTries:
    seconds = tries.seconds_to_wait(address)
    if not seconds:
        return refusal
    return TooManyTries(
        one_issue(
            "TOO_MANY_TRIES",
            "Too many requests came from this address without a key that is known.",
            hint="Wait as long as `Retry-After` says, and check the key.",
        ),
        seconds,
    )


def open_to_everybody(_connection: Connection, _handler: BaseRouteHandler) -> None:
    """Health and documentation, which show nothing of any programme."""


def sends_json(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Only bodies that say they are JSON; asked before the body is read."""
    _require_type(connection, "application/json")


def sends_merge_patch(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Only bodies that say they are a JSON Merge Patch, or just JSON."""
    _require_type(connection, "application/json", "application/merge-patch+json")


def _require_type(connection: Connection, *taken: str) -> None:
    content_type = connection.headers.get("content-type", "")
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in taken:
        raise ContentTypeRefused(
            one_issue(
                "CONTENT_TYPE_REFUSED",
                f"The body must be {' or '.join(taken)}.",
                hint=f"Send `Content-Type: {taken[0]}`.",
                value=media_type,
            )
        )
