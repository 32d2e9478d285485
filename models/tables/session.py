"""The table of sessions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Identified, UtcDateTime


class SessionRow(Identified, Base):
    """A session by the SHA-256 of the id that the browser holds.

    `made_from` is the SHA-256 of the sign-in's secret: unique, so that none is used twice.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["programme_key", "account_id"], ["accounts.programme_key", "accounts.id"]
        ),
        Index(None, "programme_key", "account_id"),
    )

    account_id: Mapped[UUID] = mapped_column(Uuid)
    id_digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_from: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
