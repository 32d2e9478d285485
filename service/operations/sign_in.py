"""Signing in: from somebody's identity, or a one-time link, to a session of their own."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from models.domain.account import Account, AccountRole
from models.domain.session import LONGEST, Session
from service.errors import NotAuthenticated, NotPermitted, SettingRefused, one_issue
from service.operations.audit import record
from service.security.identity import Identity
from service.security.session_ids import digest_of_session_id, make_session_id
from service.settings import Settings
from service.storage import accounts, sessions, sign_in_links
from service.storage.database import Store
from service.storage.sessions import SignInUsed

LINKS = "one-time link"
"""The issuer of accounts that were signed in to by a link: no identity provider's address."""

LINK_GOOD_FOR = timedelta(minutes=15)


async def sign_in(
    store: Store, identity: Identity, made_from: str, now: datetime, before: str = ""
) -> tuple[Session, str]:
    """A fresh session for somebody, and its id, which is known to their browser alone.

    `made_from` is the digest of what the sign-in rests on, which is good once; `before` is the
    id that the browser held until now, whose session ends. Raises `NotPermitted` where the
    account is disabled, `NotAuthenticated` where the sign-in was used before.
    """
    account = await _account(store, identity, now)
    if account.disabled_at is not None:
        raise NotPermitted(
            one_issue(
                "ACCOUNT_DISABLED",
                "An admin has disabled your account.",
                hint="Ask an admin of your programme.",
            )
        )
    await _end_what_is_over(store, account, identity.role, before, now)
    facts = {"role": identity.role, "email": identity.email, "signed_in_at": now}
    await accounts.change(store, account.id, **facts)
    session = Session(
        id=uuid4(),
        programme=store.programme,
        account_id=account.id,
        role=identity.role,
        began_at=now,
        seen_at=now,
        expires_at=now + LONGEST,
    )
    session_id = make_session_id()
    try:
        await sessions.add(store, session, digest_of_session_id(session_id), made_from)
    except SignInUsed:
        raise NotAuthenticated(
            one_issue(
                "SIGN_IN_USED",
                "This sign-in was used before.",
                hint="Sign in again.",
            )
        ) from None
    await record(store, "signed in", session.actor, role=session.role)
    return session, session_id


async def make_link(store: Store, settings: Settings, role: AccountRole, now: datetime) -> str:
    """The secret of a fresh link, which is known now and never again.

    Raises `SettingRefused` in production.
    """
    if settings.in_production:
        raise SettingRefused(
            one_issue(
                "SIGN_IN_LINK_REFUSED",
                "Nobody signs in by a one-time link in production.",
                hint="Let people sign in by the identity provider: PAIRWELL_OIDC_ISSUER.",
            )
        )
    secret = secrets.token_urlsafe(32)
    await sign_in_links.forget_before(store, now)
    await sign_in_links.add(store, _digest(secret), role, now + LINK_GOOD_FOR)
    await record(store, "sign-in link made", "sign-in link", role=role)
    return secret


async def sign_in_by_link(
    store: Store, settings: Settings, secret: str, now: datetime, before: str = ""
) -> tuple[Session, str]:
    """A session for whoever holds a link, which is good once and for a short time.

    Raises `NotAuthenticated`, in production whatever the link.
    """
    digest = _digest(secret)
    role = None if settings.in_production else await sign_in_links.take(store, digest, now)
    if role is None:
        raise NotAuthenticated(
            one_issue(
                "SIGN_IN_LINK_REFUSED",
                "This link is none, has been used, or is too old.",
                hint="Outside of production, `pairwell sign-in-link` makes a new one.",
            )
        )
    identity = Identity(issuer=LINKS, subject=role, role=role)
    return await sign_in(store, identity, digest, now, before)


async def _account(store: Store, identity: Identity, now: datetime) -> Account:
    return await accounts.add_unless_there(
        store,
        Account(
            id=uuid4(),
            programme=store.programme,
            issuer=identity.issuer,
            subject=identity.subject,
            email=identity.email,
            role=identity.role,
            created_at=now,
            signed_in_at=now,
        ),
    )


async def _end_what_is_over(
    store: Store, account: Account, role: AccountRole, before: str, now: datetime
) -> None:
    """What the browser was, and everything that the person was in another role."""
    replaced = await sessions.find_by_digest(store, digest_of_session_id(before))
    if replaced is not None:
        await sessions.end(store, replaced.id, now)
    if account.role != role:
        await sessions.end_all(store, account.id, now)
        await record(store, "role changed", f"account:{account.id}", before=account.role, now=role)
    await sessions.forget_before(store, now - LONGEST)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
