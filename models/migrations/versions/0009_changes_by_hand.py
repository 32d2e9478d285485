"""Runs that were made of others by hand: of which, by whom and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLE = "changes_by_hand"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        TABLE,
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("run_id", sa.Uuid, nullable=False),
        sa.Column("origin_id", sa.Uuid, nullable=False),
        sa.Column("pair", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("programme_key", "run_id", name=f"pk_{TABLE}"),
        sa.ForeignKeyConstraint(
            ["programme_key"], ["programmes.key"], name=f"fk_{TABLE}_programme_key"
        ),
        *(
            sa.ForeignKeyConstraint(
                ["programme_key", run],
                ["runs.programme_key", "runs.id"],
                name=f"fk_{TABLE}_programme_key_{run}",
            )
            for run in ("run_id", "origin_id")
        ),
    )
    op.create_index(f"ix_{TABLE}_programme_key_origin_id", TABLE, ["programme_key", "origin_id"])


def downgrade() -> None:
    """Forget how they came about; the runs and their results stay."""
    op.drop_table(TABLE)
