"""How many requests were let in, minute by minute, for every process of the service to see."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "allowances",
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("minute", sa.Integer, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("programme_key", "subject", "minute", name="pk_allowances"),
        sa.ForeignKeyConstraint(
            ["programme_key"], ["programmes.key"], name="fk_allowances_programme_key"
        ),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("allowances")
