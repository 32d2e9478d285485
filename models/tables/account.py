"""The table of accounts: the programme's staff who sign in, and nobody who is matched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Identified, UtcDateTime


class AccountRow(Identified, Base):
    """Somebody by the identity provider's name for them; `email` only where it is verified."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("programme_key", "issuer", "subject"),)

    issuer: Mapped[str] = mapped_column(String(500))
    subject: Mapped[str] = mapped_column(String(255))
    email: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
