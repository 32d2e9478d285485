"""Who may call a route. Every route declares one of these, or the build fails.

What each role may do is declared in `service.security.permissions`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from models.domain.api_key import ApiKey
from models.domain.session import Session
from service.api.cookies import SESSION
from service.api.rate_limit_headers import STANDINGS
from service.api.same_site import require_own_page
from service.errors import ContentTypeRefused, NotAuthenticated, TooManyTries, one_issue
from service.operations.database import require_ready
from service.operations.failed_tries import FailedTries
from service.operations.keys import authenticate
from service.operations.rate_limits import RateLimits, require_allowance
from service.operations.sessions import authenticate_session, is_to_be_touched, touch_session
from service.security.permissions import require_permission
from service.settings import Settings
from service.storage.database import Database

Connection = ASGIConnection[Any, Any, Any, Any]


async def holds_key(connection: Connection, handler: BaseRouteHandler) -> None:
    """Only callers with an API key, or signed in with a session, whose role may do this; the
    connection acts for their programme.

    The caller's address is the connection's own: no header can claim another.
    """
    database: Database = connection.app.state.database
    await require_ready(database)
    try:
        caller = await _caller(connection, database)
    except NotAuthenticated as refusal:
        raise await too_many_tries(connection) or refusal from None
    # Which methods a path takes is no secret from anybody with a key.
    if connection.scope.get("method") != "OPTIONS":
        require_permission(caller, operation_of(handler))
    connection.scope["auth"] = caller
    limits: RateLimits = connection.app.state.rate_limits
    standings = await limits.spend(caller.programme, caller.actor)
    connection.scope["state"][STANDINGS] = standings
    require_allowance(standings)


def operation_of(handler: BaseRouteHandler) -> str:
    """The id under which a route is declared; empty where it has none."""
    operation = getattr(handler, "operation_id", None)
    return operation if isinstance(operation, str) else ""


async def too_many_tries(connection: Connection) -> TooManyTries | None:
    """Takes note of a failed try to get in; what to answer instead once there are too many."""
    tries: FailedTries = connection.app.state.failed_tries
    seconds = await tries.seconds_to_wait(_address_of(connection))
    if not seconds:
        return None
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


async def _caller(connection: Connection, database: Database) -> ApiKey | Session:
    """Who calls: by the key in the header, and only without one by the browser's cookie."""
    authorization = connection.headers.get("authorization")
    session_id = connection.cookies.get(SESSION)
    if authorization is None and session_id is not None:
        return await _signed_in(connection, database, session_id)
    scheme, _, text = (authorization or "").partition(" ")
    given = text.strip() if scheme.lower() == "bearer" else None
    async with database.across_programmes(writing=False) as session:
        return await authenticate(session, given, _address_of(connection))


async def _signed_in(connection: Connection, database: Database, session_id: str) -> Session:
    settings: Settings = connection.app.state.settings
    now = datetime.now(UTC)
    async with database.reading(settings.programme) as store:
        session = await authenticate_session(
            store, session_id, now, production=settings.in_production
        )
    require_own_page(connection, session_id, settings.public_url)
    if is_to_be_touched(session, now):
        async with database.writing(settings.programme) as store:
            await touch_session(store, session, now)
    return session


def _address_of(connection: Connection) -> str:
    return connection.client.host if connection.client else ""
