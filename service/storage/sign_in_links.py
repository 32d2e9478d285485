"""One-time links in the database: by the digest of their secret."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from models.domain.account import AccountRole
from models.tables import SignInLinkRow
from service.storage.database import Store


async def add(store: Store, secret_digest: str, role: AccountRole, expires_at: datetime) -> None:
    """Store a new link."""
    store.session.add(
        SignInLinkRow(
            programme_key=store.programme,
            secret_digest=secret_digest,
            role=role,
            expires_at=expires_at,
        )
    )
    await store.session.flush()


async def take(store: Store, secret_digest: str, now: datetime) -> AccountRole | None:
    """The role of a link that is still good, which is gone from here on; None for any other."""
    role: AccountRole | None = await store.session.scalar(
        delete(SignInLinkRow)
        .where(
            SignInLinkRow.programme_key == store.programme,
            SignInLinkRow.secret_digest == secret_digest,
            SignInLinkRow.expires_at > now,
        )
        .returning(SignInLinkRow.role)
    )
    return role


async def forget_before(store: Store, moment: datetime) -> None:
    """Remove links that were never used and had ended by then."""
    await store.session.execute(
        delete(SignInLinkRow).where(
            SignInLinkRow.programme_key == store.programme, SignInLinkRow.expires_at < moment
        )
    )
