"""One line a request: method, path template, status, duration. No body, query or name."""

from __future__ import annotations

from time import perf_counter

import structlog
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.metrics import known_method, time_request


class RequestLog(ASGIMiddleware):
    """Logs and times each answer; the template stands for the path, which may hold references."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on and watches for the answer's status."""
        begun = perf_counter()

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                seconds = perf_counter() - begun
                method, status = known_method(str(scope.get("method"))), message["status"]
                template = scope.get("path_template") or "(none)"
                structlog.get_logger().info(
                    "request",
                    method=method,
                    path_template=template,
                    status=status,
                    duration_ms=round(seconds * 1000),
                )
                time_request(method, template, status, seconds)
            await send(message)

        await next_app(scope, receive, watched)
