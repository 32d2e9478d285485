"""What the answer costs in fairness, and who would rather have each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Results gain both; those stored before have neither price nor blocking pairs."""
    for name, nothing in (("blocking_pairs", "{}"), ("price_of_fairness", "[]")):
        op.add_column("results", sa.Column(name, sa.Text, nullable=False, server_default=nothing))


def downgrade() -> None:
    """Forget both."""
    for name in ("price_of_fairness", "blocking_pairs"):
        op.drop_column("results", name)
