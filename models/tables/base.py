"""What every table is built on: naming of constraints, UTC times, the programme on each row."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import DateTime, Dialect, ForeignKey, MetaData, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The declarative base; constraints have names, so that migrations can change them."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides; a database that forgets the zone changes nothing."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a moment without a zone, since nobody could say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Gives back the zone that the database may have dropped."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class OfProgramme:
    """A row that belongs to a programme, as the first part of its primary key.

    Foreign keys between such rows hold both parts, so no row can point into another
    programme, whatever a query forgets.
    """

    programme_key: Mapped[str] = mapped_column(
        String(100), ForeignKey("programmes.key"), primary_key=True, sort_order=-2
    )


class Identified(OfProgramme):
    """A programme's row with a random id."""

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, sort_order=-1)
