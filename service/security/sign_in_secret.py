"""What one attempt to sign in is held together by: a secret that only its browser has.

State, nonce and code verifier follow from it, each by a hash of its own, so the service keeps
nothing of an attempt until it succeeds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field

SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class SignInSecret:
    """The secret of one attempt; `text` goes into a cookie of the browser that began it."""

    text: str = field(repr=False)

    @classmethod
    def fresh(cls) -> SignInSecret:
        """A secret of 256 random bits."""
        return cls(secrets.token_urlsafe(32))

    @classmethod
    def read(cls, text: str) -> SignInSecret | None:
        """The secret that a cookie holds; None for what is none."""
        return cls(text) if SHAPE.fullmatch(text) else None

    @property
    def state(self) -> str:
        """What the provider sends back, so that nobody is signed in by another's attempt."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """What the provider puts into the ID token, so that it is good for this attempt only."""
        return self._derived("nonce")

    @property
    def code_verifier(self) -> str:
        """What proves to the provider that the code is used by who asked for it (PKCE)."""
        return self._derived("code verifier")

    @property
    def digest(self) -> str:
        """What is stored of an attempt that has made a session, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def _derived(self, purpose: str) -> str:
        code = hmac.new(self.text.encode(), purpose.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(code).decode().rstrip("=")
