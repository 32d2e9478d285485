"""One line a request: method, path template, status, duration. No body, query or name."""

from __future__ import annotations

from time import perf_counter

import structlog
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send


class RequestLog(ASGIMiddleware):
    """Logs each answer; the template stands for the path, which may hold references."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on and watches for the answer's status."""
        begun = perf_counter()

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                structlog.get_logger().info(
                    "request",
                    method=scope.get("method"),
                    path_template=scope.get("path_template") or "(none)",
                    status=message["status"],
                    duration_ms=round((perf_counter() - begun) * 1000),
                )
            await send(message)

        await next_app(scope, receive, watched)
