"""Sessions in the database: by the digest of the id that the browser holds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError

from models.domain.session import Session
from models.tables import SessionRow
from service.storage.database import Store


class SignInUsed(Exception):  # noqa: N818 - an event, not a fault
    """A session was made from the same sign-in before; the transaction cannot stand."""


async def add(store: Store, session: Session, id_digest: str, made_from: str) -> None:
    """Store a new session. Raises `SignInUsed` where its sign-in has made one already."""
    store.session.add(
        SessionRow(
            programme_key=store.programme,
            id_digest=id_digest,
            made_from=made_from,
            **session.model_dump(exclude={"programme"}),
        )
    )
    try:
        await store.session.flush()
    except IntegrityError as error:
        raise SignInUsed from error


async def find_by_digest(store: Store, id_digest: str) -> Session | None:
    """The session whose id has this digest."""
    row = await store.session.scalar(
        select(SessionRow).where(
            SessionRow.programme_key == store.programme, SessionRow.id_digest == id_digest
        )
    )
    return None if row is None else _session(row)


async def find(store: Store, session_id: UUID) -> Session | None:
    """A session of the programme."""
    row = await store.session.get(SessionRow, (store.programme, session_id), populate_existing=True)
    return None if row is None else _session(row)


async def not_ended(store: Store, now: datetime) -> tuple[Session, ...]:
    """The programme's sessions that neither were ended nor have run their time, newest last."""
    rows = await store.session.scalars(
        select(SessionRow)
        .where(
            SessionRow.programme_key == store.programme,
            SessionRow.ended_at.is_(None),
            SessionRow.expires_at > now,
        )
        .order_by(SessionRow.began_at, SessionRow.id)
    )
    return tuple(_session(row) for row in rows)


async def touch(store: Store, session_id: UUID, now: datetime) -> None:
    """Note that a session was used."""
    await store.session.execute(
        update(SessionRow)
        .where(SessionRow.programme_key == store.programme, SessionRow.id == session_id)
        .values(seen_at=now)
    )


async def end(store: Store, session_id: UUID, now: datetime) -> None:
    """End a session; one that has ended stays as it is."""
    await _end(store, SessionRow.id == session_id, now)


async def end_all(store: Store, account_id: UUID, now: datetime) -> None:
    """End every session of an account."""
    await _end(store, SessionRow.account_id == account_id, now)


async def forget_before(store: Store, moment: datetime) -> None:
    """Remove sessions whose longest time was over by then."""
    await store.session.execute(
        delete(SessionRow).where(
            SessionRow.programme_key == store.programme, SessionRow.expires_at < moment
        )
    )


async def _end(store: Store, which: ColumnElement[bool], now: datetime) -> None:
    await store.session.execute(
        update(SessionRow)
        .where(SessionRow.programme_key == store.programme, SessionRow.ended_at.is_(None), which)
        .values(ended_at=now)
    )


def _session(row: SessionRow) -> Session:
    facts = {name: getattr(row, name) for name in Session.model_fields if name != "programme"}
    return Session(programme=row.programme_key, **facts)
