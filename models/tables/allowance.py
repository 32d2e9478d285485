"""The table of allowances: how many requests were let in, minute by minute."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, OfProgramme


class AllowanceRow(OfProgramme, Base):
    """What the processes of the service have taken between them for one subject in one minute.

    `subject` is a caller, as the audit log names them, or the programme as a whole; `minute`
    counts minutes since 1970.
    """

    __tablename__ = "allowances"

    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    minute: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    taken: Mapped[int]
