"""Session ids: made at random, held by one browser, kept as a digest.

The token against forged requests follows from the id, so that nothing has to be stored for it:
who can work it out knows the id, which no other site can read.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

ID_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
NO_ID = "0" * 64
"""A digest that no id has."""


def make_session_id() -> str:
    """A fresh id of 256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of_session_id(text: str) -> str:
    """What is stored of an id: SHA-256 of its text, in hex; what is no id has that of none."""
    return hashlib.sha256(text.encode()).hexdigest() if ID_SHAPE.fullmatch(text) else NO_ID


def csrf_token_of(session_id: str) -> str:
    """What a page has to send along to show that it could read an answer of ours."""
    return hmac.new(session_id.encode(), b"csrf", hashlib.sha256).hexdigest()


def is_csrf_token(text: str, session_id: str) -> bool:
    """Whether the text is the token of this session, compared in constant time."""
    return hmac.compare_digest(text.encode(), csrf_token_of(session_id).encode())
