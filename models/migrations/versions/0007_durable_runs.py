"""Runs that outlive their workers: leases, incumbents, the outbox and idempotency keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a lease needs to runs, and three tables."""
    op.add_column("runs", sa.Column("beat", sa.Integer, nullable=False, server_default="0"))
    op.add_column("runs", sa.Column("losses", sa.Integer, nullable=False, server_default="0"))
    op.add_column(
        "runs", sa.Column("stop_asked", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_table(
        "incumbents",
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("run_id", sa.Uuid, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        *_keys("incumbents", "run_id"),
    )
    op.create_table(
        "outbox",
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("type", sa.String(50), nullable=False),
        sa.Column("round_id", sa.Uuid, nullable=False),
        sa.Column("run_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        *_keys("outbox", "id"),
        sa.UniqueConstraint(
            "programme_key", "run_id", "type", name="uq_outbox_programme_key_run_id_type"
        ),
    )
    op.create_index("ix_outbox_occurred_at", "outbox", ["occurred_at"])
    op.create_table(
        "idempotency_keys",
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("run_id", sa.Uuid, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *_keys("idempotency_keys", "key"),
    )
    op.create_index(
        "ix_idempotency_keys_programme_key_created_at",
        "idempotency_keys",
        ["programme_key", "created_at"],
    )


def downgrade() -> None:
    """Forget keys, events and incumbents; a run that is being solved stays so."""
    for table in ("idempotency_keys", "outbox", "incumbents"):
        op.drop_table(table)
    for column in ("stop_asked", "losses", "beat"):
        op.drop_column("runs", column)


def _keys(table: str, key: str) -> tuple[sa.Constraint, ...]:
    """The primary key, and foreign keys that cannot leave the programme."""
    return (
        sa.PrimaryKeyConstraint("programme_key", key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["programme_key"], ["programmes.key"], name=f"fk_{table}_programme_key"
        ),
        sa.ForeignKeyConstraint(
            ["programme_key", "run_id"],
            ["runs.programme_key", "runs.id"],
            name=f"fk_{table}_programme_key_run_id",
        ),
    )
