"""What a key may do, from where and until when."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEYS = sa.table(
    "api_keys",
    sa.column("prefix", sa.String),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("expires_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Keys gain a role, networks and an end; those that exist end a year after they were made."""
    with op.batch_alter_table("api_keys") as keys:
        keys.add_column(
            sa.Column("role", sa.String(20), nullable=False, server_default="hr_system")
        )
        keys.add_column(sa.Column("networks", sa.Text, nullable=False, server_default="[]"))
        keys.add_column(sa.Column("expires_at", sa.DateTime(timezone=True)))
        keys.add_column(sa.Column("revoked_at", sa.DateTime(timezone=True)))
    connection = op.get_bind()
    for prefix, created_at in connection.execute(sa.select(KEYS.c.prefix, KEYS.c.created_at)):
        connection.execute(
            KEYS.update()
            .where(KEYS.c.prefix == prefix)
            .values(expires_at=created_at + timedelta(days=365))
        )
    with op.batch_alter_table("api_keys") as keys:
        keys.alter_column("role", server_default=None)
        keys.alter_column("networks", server_default=None)
        keys.alter_column("expires_at", nullable=False)


def downgrade() -> None:
    """Forget what keys may do; a key that had ended would let in again, so it goes."""
    connection = op.get_bind()
    ended = sa.or_(
        sa.column("expires_at") <= sa.func.current_timestamp(),
        sa.column("revoked_at").is_not(None),
    )
    connection.execute(KEYS.delete().where(ended))
    with op.batch_alter_table("api_keys") as keys:
        for column in ("revoked_at", "expires_at", "networks", "role"):
            keys.drop_column(column)
