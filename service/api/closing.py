"""Answers of a process that is about to end: callers are to come back elsewhere."""

from __future__ import annotations

from threading import Event

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send


class LastAnswers(ASGIMiddleware):
    """Ends each connection after its answer once the process is to end.

    Otherwise a load balancer would send its next request down a connection that is being closed.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, closing: Event) -> None:
        self._closing = closing

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on, and says good-bye where it is time to."""

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and self._closing.is_set():
                MutableScopeHeaders.from_message(message)["connection"] = "close"
            await send(message)

        await next_app(scope, receive, watched)
