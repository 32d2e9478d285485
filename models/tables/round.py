"""The tables of rounds: the matching plane only, no names and no contact details."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Identified, OfProgramme, UtcDateTime

OF_ROUND = (["programme_key", "round_id"], ["rounds.programme_key", "rounds.id"])


class RoundRow(Identified, Base):
    """A round that was accepted: how far it has come, and what its newest revision holds.

    Whoever changes a round names the `version` that they saw, and leaves the next one.
    """

    __tablename__ = "rounds"
    __table_args__ = (Index(None, "programme_key", "submitted_at", "id"),)

    name: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(server_default="1")
    revision: Mapped[int] = mapped_column(server_default="1")
    digest: Mapped[str] = mapped_column(String(64))
    participants: Mapped[int]
    mentors: Mapped[int]
    mentees: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RevisionRow(OfProgramme, Base):
    """A round's document as it was at one time; written once, never changed.

    `document` is the submitted JSON without `contact`; `problem` the canonical problem that
    was made of it, so that a run solves what was validated; `warnings` the issues that did
    not stand in its way. All three are JSON, loaded on asking only.
    """

    __tablename__ = "revisions"
    __table_args__ = (ForeignKeyConstraint(*OF_ROUND),)

    round_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(Text, deferred=True)
    problem: Mapped[str] = mapped_column(Text, deferred=True)
    warnings: Mapped[str] = mapped_column(Text, deferred=True)


class RoundChangeRow(OfProgramme, Base):
    """A change of a round. Its key is the version that it led to, so no two can lead to one."""

    __tablename__ = "round_changes"
    __table_args__ = (
        ForeignKeyConstraint(*OF_ROUND),
        ForeignKeyConstraint(["programme_key", "run_id"], ["runs.programme_key", "runs.id"]),
    )

    round_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    revision: Mapped[int]
    run_id: Mapped[UUID | None] = mapped_column(Uuid)
    actor: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
