"""Sessions: telling whose one is, listing and ending them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from models.domain.account import Account
from models.domain.session import Session
from service.errors import NotAuthenticated, not_found, one_issue
from service.operations.audit import record
from service.operations.sign_in import LINKS
from service.security.session_ids import digest_of_session_id
from service.storage import accounts, sessions
from service.storage.database import Store

TOUCHED_EVERY = timedelta(minutes=1)
"""How often it is written down that a session is used: the idle time is that much shorter."""


async def authenticate_session(
    store: Store, session_id: str, now: datetime, *, production: bool = False
) -> Session:
    """The session with this id. Raises `NotAuthenticated` unless it is active, its account is
    enabled, and production would have let it begin."""
    found = await sessions.find_by_digest(store, digest_of_session_id(session_id))
    session, account = await _active(store, found, now)
    if production and account.issuer == LINKS:
        raise _ended()
    return session


async def require_session(store: Store, session_id: UUID, now: datetime) -> None:
    """Raises `NotAuthenticated` where a session that let somebody in has ended since, or their
    account was disabled."""
    await _active(store, await sessions.find(store, session_id), now)


def is_to_be_touched(session: Session, now: datetime) -> bool:
    """Whether it is time to write down that the session is used."""
    return now - session.seen_at >= TOUCHED_EVERY


async def touch_session(store: Store, session: Session, now: datetime) -> None:
    """Write down that the session is used, so that it does not end as idle."""
    await sessions.touch(store, session.id, now)


async def list_sessions(store: Store, now: datetime) -> tuple[Session, ...]:
    """The programme's active sessions, the newest last."""
    every = await sessions.not_ended(store, now)
    return tuple(session for session in every if session.state_at(now) == "active")


async def end_session(store: Store, session_id: UUID, now: datetime) -> Session:
    """End a session at once, in every process; one that has ended stays as it is.

    Raises `NotFound` for no session of the programme.
    """
    session = await sessions.find(store, session_id)
    if session is None:
        raise not_found("session", session_id)
    if session.ended_at is not None:
        return session
    await sessions.end(store, session_id, now)
    await record(store, "session ended", f"session:{session.id}", account=str(session.account_id))
    return session.model_copy(update={"ended_at": now})


async def _active(store: Store, session: Session | None, now: datetime) -> tuple[Session, Account]:
    if session is None or session.state_at(now) != "active":
        raise _ended()
    account = await accounts.find(store, session.account_id)
    if account is None or account.disabled_at is not None:
        raise _ended()
    return session, account


def _ended() -> NotAuthenticated:
    return NotAuthenticated(
        one_issue(
            "SESSION_ENDED",
            "You are not signed in any more.",
            hint="Sign in again at /sign-in.",
        )
    )
