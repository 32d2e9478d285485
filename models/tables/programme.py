"""The table of programmes: the organisations that match people."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class ProgrammeRow(Base):
    """A programme; `definition` is the JSON of `models.domain.programme.Programme`."""

    __tablename__ = "programmes"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    definition: Mapped[str] = mapped_column(Text)
