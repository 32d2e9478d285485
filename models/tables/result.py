"""The tables of results: one row of facts, then a row for each pair and each person left."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, OfProgramme


class ResultRow(OfProgramme, Base):
    """What a run gave, but for its people; every column is JSON of the domain's models."""

    __tablename__ = "results"
    __table_args__ = (
        ForeignKeyConstraint(["programme_key", "run_id"], ["runs.programme_key", "runs.id"]),
    )

    run_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    report: Mapped[str] = mapped_column(Text)
    levels: Mapped[str] = mapped_column(Text)
    load_costs: Mapped[str] = mapped_column(Text)
    waived_pins: Mapped[str] = mapped_column(Text, server_default="[]")
    dropped_pins: Mapped[str] = mapped_column(Text, server_default="[]")
    blocking_pairs: Mapped[str] = mapped_column(Text, server_default="{}")
    price_of_fairness: Mapped[str] = mapped_column(Text, server_default="[]")
    issues: Mapped[str] = mapped_column(Text)
    conflict: Mapped[str | None] = mapped_column(Text)
    certificate: Mapped[str] = mapped_column(Text, deferred=True)


class AssignmentRow(OfProgramme, Base):
    """A pair of a result, at its place in the canonical order.

    `document` is the JSON of `models.domain.result.Assignment`, with every reason in it.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["programme_key", "run_id"], ["results.programme_key", "results.run_id"]
        ),
        UniqueConstraint("programme_key", "run_id", "mentor", "mentee"),
    )

    run_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    mentor: Mapped[str] = mapped_column(Text)
    mentee: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)


class UnmatchedRow(OfProgramme, Base):
    """Somebody who has nobody, or (`short`) fewer than they want.

    `document` is the JSON of `models.domain.result.Unmatched`.
    """

    __tablename__ = "unmatched"
    __table_args__ = (
        ForeignKeyConstraint(
            ["programme_key", "run_id"], ["results.programme_key", "results.run_id"]
        ),
    )

    run_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Text)
    short: Mapped[bool]
    document: Mapped[str] = mapped_column(Text)
