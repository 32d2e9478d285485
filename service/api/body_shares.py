"""Large bodies take turns, programme by programme, so that no programme fills the memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from service.errors import TooManyBodies, one_issue

AT_ONCE = 6 * 1024 * 1024
"""So many bytes of one programme's bodies are worked on at once, or one larger body."""

LOOK_AGAIN_SECONDS = 5.0


@dataclass
class _Share:
    held: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)


class BodyShares(ASGIMiddleware):
    """Reads nothing of a body before there is room for it, until it has been answered.

    A body that does not say how long it is counts as the longest there may be.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, longest: int, patience: float) -> None:
        self._longest, self._patience = longest, patience
        self._shares = dict[str, _Share]()

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on and watches for the first look at its body."""
        size, begun = _announced(scope, self._longest), False
        async with AsyncExitStack() as until_answered:

            async def watched() -> HTTPReceiveMessage:
                nonlocal begun
                if size and not begun:
                    begun = True
                    programme = getattr(scope.get("auth"), "programme", "")
                    await until_answered.enter_async_context(self._room_for(programme, size))
                return await receive()  # type: ignore[return-value]

            await next_app(scope, watched, send)

    @asynccontextmanager
    async def _room_for(self, programme: str, size: int) -> AsyncIterator[None]:
        share = self._shares.setdefault(programme, _Share())
        try:
            async with asyncio.timeout(self._patience), share.changed:
                await share.changed.wait_for(lambda: not share.held or share.held + size <= AT_ONCE)
                share.held += size
        except TimeoutError:
            raise _too_many() from None
        try:
            yield
        finally:
            async with share.changed:
                share.held -= size
                share.changed.notify_all()


def _announced(scope: Scope, longest: int) -> int:
    headers = Headers.from_scope(scope)
    given = headers.get("content-length", "")
    if given.isdecimal():
        return min(int(given), longest)
    return longest if "transfer-encoding" in headers else 0


def _too_many() -> TooManyBodies:
    return TooManyBodies(
        one_issue(
            "TOO_MANY_BODIES",
            "So many large bodies of this programme are being worked on that the turn of this "
            "one did not come.",
            hint="Wait as long as `Retry-After` says; send large rounds one after the other.",
            limit=AT_ONCE,
        ),
        LOOK_AGAIN_SECONDS,
    )
