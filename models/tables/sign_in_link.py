"""The table of one-time links by which people sign in to a demo or in development."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, OfProgramme, UtcDateTime


class SignInLinkRow(OfProgramme, Base):
    """A link by the SHA-256 of its secret; the row goes when the link is used."""

    __tablename__ = "sign_in_links"

    secret_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
