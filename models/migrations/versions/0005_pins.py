"""What became of a round's pins: those that waive rules, and those that were dropped."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Results gain both lists; those stored before have neither."""
    for name in ("waived_pins", "dropped_pins"):
        op.add_column("results", sa.Column(name, sa.Text, nullable=False, server_default="[]"))


def downgrade() -> None:
    """Forget both."""
    for name in ("waived_pins", "dropped_pins"):
        op.drop_column("results", name)
