"""Bodies that take too long, or are packed so that nobody knows how large they are."""

from __future__ import annotations

import asyncio
import math

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from service.errors import BodyTooSlow, ContentEncodingRefused, one_issue


class BodyPatience(ASGIMiddleware):
    """Refuses a body when it is first read, or when it is not whole in time.

    A route that reads no body, or refuses its caller first, is not concerned.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on and watches its body."""
        encoding = Headers.from_scope(scope).get("content-encoding", "identity").strip().lower()
        clock, deadline, whole = asyncio.get_running_loop().time, math.inf, False

        async def watched() -> HTTPReceiveMessage:
            nonlocal deadline, whole
            if encoding not in ("", "identity"):
                raise _packed(encoding)
            if whole:
                return await receive()  # type: ignore[return-value]
            deadline = min(deadline, clock() + self._seconds)
            try:
                async with asyncio.timeout(deadline - clock()):
                    message: HTTPReceiveMessage = await receive()  # type: ignore[assignment]
            except TimeoutError:
                raise _slow(self._seconds) from None
            whole = not message.get("more_body", False)
            return message

        await next_app(scope, watched, send)


def _packed(encoding: str) -> ContentEncodingRefused:
    return ContentEncodingRefused(
        one_issue(
            "CONTENT_ENCODING_REFUSED",
            "The body is compressed.",
            hint="Send it as it is, without `Content-Encoding`.",
            value=encoding[:100],
        )
    )


def _slow(seconds: float) -> BodyTooSlow:
    return BodyTooSlow(
        one_issue(
            "BODY_TOO_SLOW",
            f"The body was not whole after {seconds:g} seconds.",
            hint="Send it in one go, over a connection that carries it.",
            limit=seconds,
        )
    )
