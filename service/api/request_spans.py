"""A span for each request, named by its route's template."""

from __future__ import annotations

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.metrics import known_method
from service.tracing import ALLOWED, span


class RequestSpans(ASGIMiddleware):
    """Traces each request, as a part of the caller's trace where it has one."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on within a span."""
        method = known_method(str(scope.get("method")))
        route = scope.get("path_template") or "(none)"
        parent = Headers.from_scope(scope).get("traceparent")
        with span(f"{method} {route}", parent, method=method, route=route) as begun:

            async def watched(message: Message) -> None:
                if begun is not None and message["type"] == "http.response.start":
                    begun.set_attribute(ALLOWED["code"], message["status"])
                await send(message)

            await next_app(scope, receive, watched)
