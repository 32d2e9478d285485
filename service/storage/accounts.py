"""Accounts in the database: the programme's staff, by the provider's name for them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from models.domain.account import Account
from models.tables import AccountRow
from service.storage.database import Store


async def add_unless_there(store: Store, account: Account) -> Account:
    """The account of this issuer and subject: the one that is stored, or else this one."""
    found = await _of_subject(store, account)
    if found is not None:
        return found
    try:
        async with store.session.begin_nested():
            store.session.add(
                AccountRow(
                    programme_key=store.programme, **account.model_dump(exclude={"programme"})
                )
            )
    except IntegrityError:
        # Somebody who signs in for the first time in two browsers at once is still one person.
        there = await _of_subject(store, account)
        if there is None:
            raise
        return there
    return account


async def find(store: Store, account_id: UUID) -> Account | None:
    """An account of the programme."""
    row = await store.session.get(AccountRow, (store.programme, account_id), populate_existing=True)
    return None if row is None else _account(row)


async def every(store: Store) -> tuple[Account, ...]:
    """The programme's accounts, the newest last."""
    rows = await store.session.scalars(
        select(AccountRow)
        .where(AccountRow.programme_key == store.programme)
        .order_by(AccountRow.created_at, AccountRow.id)
    )
    return tuple(_account(row) for row in rows)


async def change(store: Store, account_id: UUID, **facts: str | datetime | None) -> None:
    """Set `role`, `email`, `signed_in_at` or `disabled_at` of an account."""
    await store.session.execute(
        update(AccountRow)
        .where(AccountRow.programme_key == store.programme, AccountRow.id == account_id)
        .values(**facts)
    )


async def _of_subject(store: Store, account: Account) -> Account | None:
    row = await store.session.scalar(
        select(AccountRow).where(
            AccountRow.programme_key == store.programme,
            AccountRow.issuer == account.issuer,
            AccountRow.subject == account.subject,
        )
    )
    return None if row is None else _account(row)


def _account(row: AccountRow) -> Account:
    facts = {name: getattr(row, name) for name in Account.model_fields if name != "programme"}
    return Account(programme=row.programme_key, **facts)
