"""API keys: made at random, shown once, kept as a digest.

A key reads `pw_<prefix>_<secret>_<checksum>`: 12 hex digits by which its row is found, 256
random bits, and a checksum over what comes before, by which whoever looks for leaked keys knows
one from a look-alike without asking. The secret has so much entropy that a plain SHA-256 keeps
it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import zlib
from dataclasses import dataclass

KEY_SHAPE = re.compile(r"pw_(?P<prefix>[0-9a-f]{12})_[A-Za-z0-9_-]{43}_(?P<checksum>[0-9a-f]{8})")


@dataclass(frozen=True)
class NewKey:
    """A key just made: the only moment at which its text is known."""

    text: str
    prefix: str
    digest: str


def make_key() -> NewKey:
    """A fresh key from the system's source of randomness."""
    prefix = secrets.token_hex(6)
    begun = f"pw_{prefix}_{secrets.token_urlsafe(32)}_"
    text = begun + _checksum(begun)
    return NewKey(text=text, prefix=prefix, digest=digest_of_key(text))


def prefix_of(text: str) -> str | None:
    """The prefix of a text that has a key's shape and checksum, otherwise None."""
    found = KEY_SHAPE.fullmatch(text)
    if found is None or _checksum(text[: found.start("checksum")]) != found["checksum"]:
        return None
    return found["prefix"]


def digest_of_key(text: str) -> str:
    """What is stored of a key: SHA-256 of its text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_key(text: str, stored_digest: str) -> bool:
    """Whether the text is the key with this digest, compared in constant time."""
    return hmac.compare_digest(digest_of_key(text), stored_digest)


def _checksum(begun: str) -> str:
    return f"{zlib.crc32(begun.encode()):08x}"
