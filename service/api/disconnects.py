"""Clients that go away before their request is whole: nobody's fault, and no incident."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send

CLIENT_GONE = 499
"""The status by which logs know such a request; nobody is left to read the answer."""


class ClientGone(Exception):  # noqa: N818 - an event, not a fault
    """The connection ended while the request's body was being read."""


class Disconnects(ASGIMiddleware):
    """Ends a request whose client is gone; the framework takes that for a fault of ours."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on and watches for the end of the connection.

        Once the answer has begun the framework sees to that end itself.
        """
        begun = False

        async def watched() -> HTTPReceiveMessage:
            message: HTTPReceiveMessage = await receive()  # type: ignore[assignment]
            if message["type"] == "http.disconnect" and not begun:
                raise ClientGone
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        await next_app(scope, watched, noted)


def answer_nobody(_request: Request[Any, Any, Any], _gone: ClientGone) -> Response[bytes]:
    """An empty answer, so that the request has its line in the log."""
    return Response(b"", status_code=CLIENT_GONE)
