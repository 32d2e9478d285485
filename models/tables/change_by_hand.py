"""The table of changes by hand: which run was made of which, by whom and why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, OfProgramme, UtcDateTime


class ChangeByHandRow(OfProgramme, Base):
    """One pair made by hand, by the run that holds the new result.

    `pair` is the JSON of `models.domain.by_hand.ByHand`, `reason` what the planner gave for it.
    """

    __tablename__ = "changes_by_hand"
    __table_args__ = (
        ForeignKeyConstraint(["programme_key", "run_id"], ["runs.programme_key", "runs.id"]),
        ForeignKeyConstraint(["programme_key", "origin_id"], ["runs.programme_key", "runs.id"]),
        Index(None, "programme_key", "origin_id"),
    )

    run_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    origin_id: Mapped[UUID] = mapped_column(Uuid)
    pair: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
