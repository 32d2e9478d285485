"""Accounts: listing, disabling and enabling the people who sign in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from models.domain.account import Account
from service.errors import Conflicting, not_found, one_issue
from service.operations.audit import record
from service.storage import accounts, sessions
from service.storage.database import Store


async def list_accounts(store: Store) -> tuple[Account, ...]:
    """Everybody who ever signed in to the programme, the newest last."""
    return await accounts.every(store)


async def disable_account(store: Store, account_id: UUID, now: datetime) -> Account:
    """Keep somebody out: their sessions end at once, in every process, and none begins.

    Raises `NotFound`, and `Conflicting` for the account that asks.
    """
    account = await _found(store, account_id)
    if store.actor == _subject(account):
        raise Conflicting(
            one_issue(
                "ACCOUNT_OWN",
                "You cannot disable your own account.",
                hint="Ask another admin.",
            )
        )
    if account.disabled_at is not None:
        return account
    await accounts.change(store, account_id, disabled_at=now)
    await sessions.end_all(store, account_id, now)
    await record(store, "account disabled", _subject(account))
    return account.model_copy(update={"disabled_at": now})


async def enable_account(store: Store, account_id: UUID, now: datetime) -> Account:
    """Let somebody sign in again; what was ended stays so. Raises `NotFound`."""
    account = await _found(store, account_id)
    if account.disabled_at is None:
        return account
    # One that began in the very moment of disabling must not come to life now.
    await sessions.end_all(store, account_id, now)
    await accounts.change(store, account_id, disabled_at=None)
    await record(store, "account enabled", _subject(account))
    return account.model_copy(update={"disabled_at": None})


async def _found(store: Store, account_id: UUID) -> Account:
    account = await accounts.find(store, account_id)
    if account is None:
        raise not_found("account", account_id)
    return account


def _subject(account: Account) -> str:
    return f"account:{account.id}"
