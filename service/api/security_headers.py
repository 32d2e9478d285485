"""What every answer tells the browser to refuse, errors and static files included."""

from __future__ import annotations

import secrets
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

NONCE = "csp_nonce"

ALWAYS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

UNLESS_SET = {"Cache-Control": "no-store"}
"""Anything may hold somebody's data; what holds none says so itself."""


async def add_security_headers(message: Message, scope: Scope) -> None:
    """Called with every part of every answer before it is sent."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    headers["Content-Security-Policy"] = _policy(scope.get("state", {}).get(NONCE))
    for name, value in ALWAYS.items():
        headers[name] = value
    for name, value in UNLESS_SET.items():
        headers.setdefault(name, value)


def nonce_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The nonce that this answer's scripts and styles carry; drawn when a page first asks."""
    state: dict[str, Any] = connection.scope["state"]
    if NONCE not in state:
        state[NONCE] = secrets.token_urlsafe(16)
    nonce: str = state[NONCE]
    return nonce


def _policy(nonce: str | None) -> str:
    inline = f" 'nonce-{nonce}'" if nonce else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{inline}",
            f"style-src 'self'{inline}",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
