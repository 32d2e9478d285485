"""Webhooks, and what is delivered to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create two tables; events that are in the outbox already are told to nobody."""
    op.create_table(
        "webhooks",
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("secret_salt", sa.String(32), nullable=False),
        sa.Column("previous_salt", sa.String(32)),
        sa.Column("previous_secret_until", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("busy", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True)),
        sa.Column("attempted_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("programme_key", "id", name="pk_webhooks"),
        sa.ForeignKeyConstraint(
            ["programme_key"], ["programmes.key"], name="fk_webhooks_programme_key"
        ),
    )
    op.create_table(
        "deliveries",
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("webhook_id", sa.Uuid, nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("type", sa.String(50), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True)),
        sa.Column("attempted_at", sa.DateTime(timezone=True)),
        sa.Column("status", sa.Integer),
        sa.Column("fault", sa.String(20)),
        sa.PrimaryKeyConstraint("programme_key", "webhook_id", "event_id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(
            ["programme_key"], ["programmes.key"], name="fk_deliveries_programme_key"
        ),
        sa.ForeignKeyConstraint(
            ["programme_key", "webhook_id"],
            ["webhooks.programme_key", "webhooks.id"],
            name="fk_deliveries_programme_key_webhook_id",
        ),
    )
    op.create_index(
        "ix_deliveries_programme_key_webhook_id_state_next_at",
        "deliveries",
        ["programme_key", "webhook_id", "state", "next_at"],
    )


def downgrade() -> None:
    """Forget every webhook, with what waits for it."""
    op.drop_table("deliveries")
    op.drop_table("webhooks")
