"""The table of idempotency keys: what was answered to a submission, for when it is repeated."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, OfProgramme, UtcDateTime


class IdempotencyKeyRow(OfProgramme, Base):
    """A key of a caller's own, unique in its programme.

    `body_digest` is the SHA-256 of the body that came with it, `answer` what was answered, and
    `run_id` the run that was queued, if one was.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        ForeignKeyConstraint(["programme_key", "run_id"], ["runs.programme_key", "runs.id"]),
        Index(None, "programme_key", "created_at"),
    )

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    body_digest: Mapped[str] = mapped_column(String(64))
    run_id: Mapped[UUID | None] = mapped_column(Uuid)
    answer: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
