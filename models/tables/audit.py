"""The table of the audit log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, OfProgramme, UtcDateTime


class AuditRow(OfProgramme, Base):
    """An act at its position in the programme's log; written once, never changed or removed.

    `details` is a JSON object; nothing in a row names a person.
    """

    __tablename__ = "audit_log"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(50))
    subject: Mapped[str] = mapped_column(String(200))
    details: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(64))
