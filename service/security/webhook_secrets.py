"""The secrets with which webhooks are signed.

A secret follows from a salt in the database and from a key outside of it, so that a copy of the
database signs nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from standardwebhooks import Webhook

PURPOSE = "secret of a webhook"


def make_salt() -> str:
    """A fresh salt from the system's source of randomness."""
    return secrets.token_hex(16)


def secret_of(key: bytes, programme: str, webhook_id: UUID, salt: str) -> str:
    """The secret as its receiver is given it: `whsec_` and 256 bits in base64."""
    if not key:
        raise RuntimeError("there are no secrets without the service's key")
    names = "\x1f".join((PURPOSE, programme, str(webhook_id), salt))
    code = hmac.new(key, names.encode(), hashlib.sha256).digest()
    return f"whsec_{base64.b64encode(code).decode()}"


def signed_headers(
    signing: Sequence[str], event_id: UUID, now: datetime, body: str
) -> dict[str, str]:
    """The headers of Standard Webhooks, with one signature for each secret."""
    made = [Webhook(secret).sign(str(event_id), now, body) for secret in signing]
    return {
        "content-type": "application/json",
        "user-agent": "Pairwell",
        "webhook-id": str(event_id),
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(made),
    }
