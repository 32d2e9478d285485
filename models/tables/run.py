"""The table of runs, which is also the queue: the row is the truth, a message only a nudge."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, Uuid, false
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Identified, UtcDateTime


class RunRow(Identified, Base):
    """One solve of a revision of a round; `progress` and `failure` are JSON of the domain's models.

    `beat` is counted up by whoever solves the run, as a sign of life; `losses` says how often
    that ended without a word.
    """

    __tablename__ = "runs"
    __table_args__ = (
        ForeignKeyConstraint(["programme_key", "round_id"], ["rounds.programme_key", "rounds.id"]),
        Index(None, "programme_key", "round_id"),
        Index(None, "status", "queued_at"),
    )

    round_id: Mapped[UUID] = mapped_column(Uuid)
    revision: Mapped[int] = mapped_column(server_default="1")
    status: Mapped[str] = mapped_column(String(20))
    attempt: Mapped[int]
    beat: Mapped[int] = mapped_column(default=0, server_default="0")
    losses: Mapped[int] = mapped_column(default=0, server_default="0")
    stop_asked: Mapped[bool] = mapped_column(default=False, server_default=false())
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    solve_status: Mapped[str | None] = mapped_column(String(20))
    progress: Mapped[str | None] = mapped_column(Text)
    failure: Mapped[str | None] = mapped_column(Text)
