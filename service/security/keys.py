"""API keys: made at random, shown once, kept as a digest.

A key reads `pw_<prefix>_<secret>`: 12 hex digits by which its row is found, and 256 random
bits. The secret has so much entropy that a plain SHA-256 keeps it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

KEY_SHAPE = re.compile(r"pw_(?P<prefix>[0-9a-f]{12})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class NewKey:
    """A key just made: the only moment at which its text is known."""

    text: str
    prefix: str
    digest: str


def make_key() -> NewKey:
    """A fresh key from the system's source of randomness."""
    prefix = secrets.token_hex(6)
    text = f"pw_{prefix}_{secrets.token_urlsafe(32)}"
    return NewKey(text=text, prefix=prefix, digest=digest_of_key(text))


def prefix_of(text: str) -> str | None:
    """The prefix of a text that looks like a key, otherwise None."""
    found = KEY_SHAPE.fullmatch(text)
    return found["prefix"] if found else None


def digest_of_key(text: str) -> str:
    """What is stored of a key: SHA-256 of its text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_key(text: str, stored_digest: str) -> bool:
    """Whether the text is the key with this digest, compared in constant time."""
    return hmac.compare_digest(digest_of_key(text), stored_digest)
