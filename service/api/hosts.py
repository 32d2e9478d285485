"""Requests for hosts that are not ours: refused before anything else is looked at."""

from __future__ import annotations

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from service.addresses import host_of
from service.errors import BadRequest, one_issue


class KnownHosts(ASGIMiddleware):
    """Lets requests through whose `Host` is known, to the letter; other headers name no host."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, hosts: frozenset[str]) -> None:
        self._hosts = hosts

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on, or raises `BadRequest`."""
        given = Headers.from_scope(scope).getall("host", [])
        if len(given) != 1 or host_of(given[0]) not in self._hosts:
            raise BadRequest(
                one_issue(
                    "HOST_REFUSED",
                    "This service does not answer for the host that the request names.",
                    hint="Whoever runs the service: name the host in PAIRWELL_ALLOWED_HOSTS.",
                )
            )
        await next_app(scope, receive, send)
