"""Why a round has no answer: the conflict of a result."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Results gain a conflict, which most do not have."""
    op.add_column("results", sa.Column("conflict", sa.Text))


def downgrade() -> None:
    """Forget the conflicts."""
    op.drop_column("results", "conflict")
