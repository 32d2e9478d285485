"""The cookies of the service: bound to its host, out of reach of scripts, sent over TLS only."""

from __future__ import annotations

from litestar.datastructures import Cookie

SESSION = "__Host-pairwell"
SIGN_IN = "__Host-pairwell-sign-in"

SIGN_IN_WITHIN = 600
"""How long somebody has to sign in at the identity provider, in seconds."""


def session_cookie(session_id: str) -> Cookie:
    """Holds a session until the browser ends; the service ends it sooner."""
    return _cookie(SESSION, session_id)


def no_session_cookie() -> Cookie:
    """Takes the session's cookie back."""
    return _cookie(SESSION, "", max_age=0)


def sign_in_cookie(secret: str) -> Cookie:
    """Holds the secret of an attempt to sign in."""
    return _cookie(SIGN_IN, secret, max_age=SIGN_IN_WITHIN)


def no_sign_in_cookie() -> Cookie:
    """Takes the secret of an attempt back."""
    return _cookie(SIGN_IN, "", max_age=0)


def _cookie(name: str, value: str, max_age: int | None = None) -> Cookie:
    # `__Host-` makes browsers insist on Secure, on the whole path and on no other domain. Lax,
    # because a strict one would not come back with the redirect from the identity provider.
    return Cookie(
        key=name, value=value, max_age=max_age, path="/", secure=True, httponly=True, samesite="lax"
    )
