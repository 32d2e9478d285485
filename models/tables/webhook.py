"""The tables of webhooks and of what is delivered to them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Identified, OfProgramme, UtcDateTime


class WebhookRow(Identified, Base):
    """An endpoint. Its secret follows from `secret_salt` and a key outside of the database.

    `busy` says that somebody sends to it under this `attempt`, the fencing token.
    """

    __tablename__ = "webhooks"

    url: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    secret_salt: Mapped[str] = mapped_column(String(32))
    previous_salt: Mapped[str | None] = mapped_column(String(32))
    previous_secret_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempt: Mapped[int] = mapped_column(default=0)
    busy: Mapped[bool] = mapped_column(default=False)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DeliveryRow(OfProgramme, Base):
    """An event for one webhook, in the bytes that are sent; a NULL `next_at` is due at once."""

    __tablename__ = "deliveries"
    __table_args__ = (
        ForeignKeyConstraint(
            ["programme_key", "webhook_id"], ["webhooks.programme_key", "webhooks.id"]
        ),
        Index(None, "programme_key", "webhook_id", "state", "next_at"),
    )

    webhook_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    event_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    type: Mapped[str] = mapped_column(String(50))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status: Mapped[int | None]
    fault: Mapped[str | None] = mapped_column(String(20))
