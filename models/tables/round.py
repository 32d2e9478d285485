"""The table of rounds: the matching plane only, no names and no contact details."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Identified, UtcDateTime


class RoundRow(Identified, Base):
    """A round that was accepted.

    `document` is the submitted JSON without `contact`; `problem` the canonical problem that
    was made of it, so that a run solves what was validated; `warnings` the issues that did
    not stand in its way. All three are JSON, loaded on asking only.
    """

    __tablename__ = "rounds"

    name: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    participants: Mapped[int]
    mentors: Mapped[int]
    mentees: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document: Mapped[str] = mapped_column(Text, deferred=True)
    problem: Mapped[str] = mapped_column(Text, deferred=True)
    warnings: Mapped[str] = mapped_column(Text, deferred=True)
