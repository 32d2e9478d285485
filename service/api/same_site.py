"""Requests that another site makes in somebody's name: refused wherever a session would act.

Two checks that fail in different ways: what the browser itself says of where the request comes
from, and a token that only a page of ours can have read. A key in a header needs neither, since
no browser adds one by itself.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection

from service.errors import NotPermitted, one_issue
from service.security.session_ids import is_csrf_token

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

TOKEN_HEADER = "x-csrf-token"  # noqa: S105 - the name of a header


def require_own_page(
    connection: ASGIConnection[Any, Any, Any, Any], session_id: str, public_url: str | None
) -> None:
    """Raises `NotPermitted` for an unsafe request that no page of ours can have made."""
    if connection.scope.get("method") in SAFE_METHODS:
        return
    if not _is_same_origin(connection, public_url):
        raise NotPermitted(
            one_issue(
                "CROSS_SITE_REFUSED",
                "This request does not come from a page of this service.",
                hint="Use the service's own pages, or an API key.",
            )
        )
    if not is_csrf_token(connection.headers.get(TOKEN_HEADER, ""), session_id):
        raise NotPermitted(
            one_issue(
                "CSRF_TOKEN_REFUSED",
                "This request lacks the token of your session.",
                hint="Send `X-CSRF-Token` with the `csrf_token` of GET /v1/me.",
            )
        )


def _is_same_origin(connection: ASGIConnection[Any, Any, Any, Any], public_url: str | None) -> bool:
    """By `Sec-Fetch-Site`, which no script can set, and by `Origin`; one of them has to speak.

    A browser says `null` as the origin of a form, since our pages send no referrer.
    """
    site = connection.headers.get("sec-fetch-site")
    origin = connection.headers.get("origin", "null")
    if site is None and origin == "null":
        return False
    if origin != "null" and origin != (public_url or _own_origin(connection)):
        return False
    return site in (None, "same-origin")


def _own_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    host = urlsplit(f"//{connection.headers.get('host', '')}").netloc
    return f"{connection.scope['scheme']}://{host}".lower()
