"""The outbox: what the world is to be told of, stored in the transaction that made it so."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Identified, UtcDateTime


class OutboxRow(Identified, Base):
    """A thin event: ids and a state, nothing of any person.

    A run has one of each type; an event of a round has no run.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        ForeignKeyConstraint(["programme_key", "run_id"], ["runs.programme_key", "runs.id"]),
        UniqueConstraint("programme_key", "run_id", "type"),
        Index(None, "occurred_at"),
    )

    type: Mapped[str] = mapped_column(String(50))
    round_id: Mapped[UUID] = mapped_column(Uuid)
    run_id: Mapped[UUID | None] = mapped_column(Uuid)
    state: Mapped[str] = mapped_column(String(20))
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
