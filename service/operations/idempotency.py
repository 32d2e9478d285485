"""Submitting a round once, however often it is sent: the caller's key tells repeats apart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from service.errors import BadRequest, KeyInFlight, RoundRefused, one_issue
from service.storage import idempotency_keys
from service.storage.database import Store
from service.storage.idempotency_keys import KeyTaken, Remembered

__all__ = ["InFlight", "KeyTaken", "Remembered", "Submission", "recall", "remember"]

KEPT_FOR = timedelta(hours=24)
"""How long a key is remembered at least."""

KEY = re.compile(r"[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?")


class Submission:
    """A body under a key of the caller's. Raises `BadRequest` for a key that is none.

    `wanted` tells requests apart that may have the same body.
    """

    def __init__(self, key: str, body: bytes, wanted: str = "") -> None:
        if not KEY.fullmatch(key):
            raise BadRequest(
                one_issue(
                    "IDEMPOTENCY_KEY_INVALID",
                    "An idempotency key has 1 to 255 printable ASCII characters.",
                    hint="Make a fresh UUID for each round, and send it again with each repeat.",
                )
            )
        self.key = key
        self.body_digest = hashlib.sha256(wanted.encode() + body).hexdigest()


class InFlight:
    """The keys whose submissions this process is working on."""

    def __init__(self) -> None:
        self._keys = set[tuple[str, str]]()

    @contextmanager
    def hold(self, programme: str, key: str) -> Iterator[None]:
        """Keeps a key for the block. Raises `KeyInFlight` while somebody else has it."""
        if (programme, key) in self._keys:
            raise KeyInFlight(
                one_issue(
                    "IDEMPOTENCY_KEY_IN_FLIGHT",
                    "A request with this idempotency key is being answered.",
                    hint="Wait a second and send it again; the answer will be the same.",
                )
            )
        self._keys.add((programme, key))
        try:
            yield
        finally:
            self._keys.remove((programme, key))


async def recall(store: Store, submission: Submission, now: datetime) -> Remembered | None:
    """What this submission was answered before. Raises `RoundRefused` if it had another body."""
    found = await idempotency_keys.find(store, submission.key, since=now - KEPT_FOR)
    if found is not None and found.body_digest != submission.body_digest:
        raise RoundRefused(
            one_issue(
                "IDEMPOTENCY_KEY_REUSED",
                "This idempotency key was used with another body.",
                hint="Use a fresh key for each round.",
            )
        )
    return found


async def remember(
    store: Store, submission: Submission, run_id: UUID | None, answer: str, now: datetime
) -> None:
    """Keep the answer in the transaction that stores the round; forget what is too old.

    Raises `KeyTaken` where another process has stored the key in the meantime.
    """
    await idempotency_keys.forget_before(store, now - KEPT_FOR)
    await idempotency_keys.add(
        store, submission.key, Remembered(submission.body_digest, run_id, answer), now
    )
