"""The first tables: programmes, keys, rounds, the identity vault, runs and results."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table; each row carries its programme."""
    op.create_table(
        "programmes",
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_programmes"),
    )
    op.create_table(
        "api_keys",
        *_of_programme("api_keys", "id"),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("prefix", sa.String(32), nullable=False),
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("prefix", name="uq_api_keys_prefix"),
    )
    op.create_table(
        "rounds",
        *_of_programme("rounds", "id"),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("participants", sa.Integer, nullable=False),
        sa.Column("mentors", sa.Integer, nullable=False),
        sa.Column("mentees", sa.Integer, nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("warnings", sa.Text, nullable=False),
    )
    op.create_table(
        "identities",
        sa.Column("reference", sa.Text, nullable=False),
        *_of_programme("identities", "round_id", "reference"),
        sa.Column("name", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("address", sa.Text),
        _within("identities", "round_id", "rounds.id"),
    )
    op.create_table(
        "runs",
        *_of_programme("runs", "id"),
        sa.Column("round_id", sa.Uuid, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("solve_status", sa.String(20)),
        sa.Column("progress", sa.Text),
        sa.Column("failure", sa.Text),
        _within("runs", "round_id", "rounds.id"),
    )
    op.create_index("ix_runs_programme_key_round_id", "runs", ["programme_key", "round_id"])
    op.create_index("ix_runs_status_queued_at", "runs", ["status", "queued_at"])
    op.create_table(
        "results",
        *_of_programme("results", "run_id"),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("levels", sa.Text, nullable=False),
        sa.Column("load_costs", sa.Text, nullable=False),
        sa.Column("issues", sa.Text, nullable=False),
        sa.Column("certificate", sa.Text, nullable=False),
        _within("results", "run_id", "runs.id"),
    )
    op.create_table(
        "assignments",
        sa.Column("position", sa.Integer, nullable=False),
        *_of_programme("assignments", "run_id", "position"),
        sa.Column("mentor", sa.Text, nullable=False),
        sa.Column("mentee", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        _within("assignments", "run_id", "results.run_id"),
        sa.UniqueConstraint(
            "programme_key",
            "run_id",
            "mentor",
            "mentee",
            name="uq_assignments_programme_key_run_id_mentor_mentee",
        ),
    )
    op.create_table(
        "unmatched",
        sa.Column("position", sa.Integer, nullable=False),
        *_of_programme("unmatched", "run_id", "position"),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("short", sa.Boolean, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        _within("unmatched", "run_id", "results.run_id"),
    )


def downgrade() -> None:
    """Drop every table, those that point at others first."""
    for table in ("unmatched", "assignments", "results", "runs", "identities"):
        op.drop_table(table)
    for table in ("rounds", "api_keys", "programmes"):
        op.drop_table(table)


def _of_programme(table: str, key: str, *more: str) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    """The programme and an id, and the primary key that both are part of."""
    return (
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column(key, sa.Uuid, nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_key"], ["programmes.key"], name=f"fk_{table}_programme_key"
        ),
        sa.PrimaryKeyConstraint("programme_key", key, *more, name=f"pk_{table}"),
    )


def _within(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key that cannot leave the programme."""
    parent = target.partition(".")[0]
    return sa.ForeignKeyConstraint(
        ["programme_key", column],
        [f"{parent}.programme_key", target],
        name=f"fk_{table}_programme_key_{column}",
    )
