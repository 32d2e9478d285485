"""A session as the service knows it: never the id that the browser holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from models.domain.account import AccountRole
from models.domain.base import Frozen

IDLE = timedelta(minutes=30)
"""How long a session lasts without a request."""

LONGEST = timedelta(hours=12)
"""How long a session lasts at most."""

SessionState = Literal["active", "ended", "expired", "idle"]


class Session(Frozen):
    """Somebody signed in on one browser, with the role that they had when it began.

    `seen_at` is when it was last used, `ended_at` when it was ended before its time.
    """

    id: UUID
    programme: str
    account_id: UUID
    role: AccountRole
    began_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None

    @property
    def actor(self) -> str:
        """Who acts, as the audit log names them."""
        return f"account:{self.account_id}"

    def state_at(self, now: datetime) -> SessionState:
        """Whether the session still lets its browser in."""
        if self.ended_at is not None:
            return "ended"
        if self.expires_at <= now:
            return "expired"
        return "idle" if self.seen_at + IDLE <= now else "active"
