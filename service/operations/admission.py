"""A caller whose request goes on for a while: whether they would still be let in."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from models.domain.api_key import ApiKey
from models.domain.session import Session
from service.operations.keys import require_key
from service.operations.sessions import require_session
from service.storage.database import Store

ASKED_EVERY = 2.0
"""Seconds after which a key or a session is looked at again; what was ended is out 5 s later."""


class Admission:
    """Somebody who was let in a moment ago, and is asked again from time to time."""

    def __init__(
        self, caller: ApiKey | Session, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._caller, self._clock = caller, clock
        self._asked = clock()

    @property
    def programme(self) -> str:
        """For which programme the caller acts."""
        return self._caller.programme

    async def require(self, store: Store) -> None:
        """Raises `NotAuthenticated` where the caller's key or session has ended.

        For a transaction that the request has open anyway; most calls ask it nothing.
        """
        if self._clock() - self._asked < ASKED_EVERY:
            return
        if isinstance(self._caller, Session):
            await require_session(store, self._caller.id, datetime.now(UTC))
        else:
            await require_key(store, self._caller.id, datetime.now(UTC))
        self._asked = self._clock()
