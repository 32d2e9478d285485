"""The table of incumbents: the best answer so far of each run that is not finished."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, OfProgramme


class IncumbentRow(OfProgramme, Base):
    """`document` is the JSON of `models.domain.incumbent.Incumbent`."""

    __tablename__ = "incumbents"
    __table_args__ = (
        ForeignKeyConstraint(["programme_key", "run_id"], ["runs.programme_key", "runs.id"]),
    )

    run_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    document: Mapped[str] = mapped_column(Text)
