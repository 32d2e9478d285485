"""The identity vault: names and contact details, apart from everything else."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, OfProgramme


class IdentityRow(OfProgramme, Base):
    """Who a reference of a round is. Written at submission; no run, log or reason reads it."""

    __tablename__ = "identities"
    __table_args__ = (
        ForeignKeyConstraint(["programme_key", "round_id"], ["rounds.programme_key", "rounds.id"]),
    )

    round_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    reference: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
