"""How much of its rate limits a caller has left, on every answer to a request with a key.

The fields are those of the IETF's draft "RateLimit header fields for HTTP".
"""

from __future__ import annotations

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.operations.rate_limits import WINDOW_SECONDS, Standing

STANDINGS = "rate_limit_standings"
"""Where the guard leaves the standings in a connection's state."""


class RateLimitHeaders(ASGIMiddleware):
    """Adds `RateLimit-Policy` and `RateLimit`."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on and watches for the answer."""

        async def watched(message: Message) -> None:
            standings: tuple[Standing, ...] = scope["state"].get(STANDINGS, ())
            if message["type"] == "http.response.start" and standings:
                headers = MutableScopeHeaders.from_message(message)
                headers["RateLimit-Policy"] = ", ".join(
                    f'"{each.limit}";q={each.most};w={WINDOW_SECONDS}' for each in standings
                )
                headers["RateLimit"] = ", ".join(
                    f'"{each.limit}";r={each.left};t={each.seconds}' for each in standings
                )
            await send(message)

        await next_app(scope, receive, watched)
