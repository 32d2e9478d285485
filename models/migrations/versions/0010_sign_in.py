"""People who sign in: accounts, their sessions, and one-time links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three tables."""
    op.create_table(
        "accounts",
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True)),
        *_keys("accounts", "id"),
        sa.UniqueConstraint(
            "programme_key", "issuer", "subject", name="uq_accounts_programme_key_issuer_subject"
        ),
    )
    op.create_table(
        "sessions",
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("id_digest", sa.String(64), nullable=False),
        sa.Column("made_from", sa.String(64), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        *_keys("sessions", "id"),
        sa.ForeignKeyConstraint(
            ["programme_key", "account_id"],
            ["accounts.programme_key", "accounts.id"],
            name="fk_sessions_programme_key_account_id",
        ),
        sa.UniqueConstraint("id_digest", name="uq_sessions_id_digest"),
        sa.UniqueConstraint("made_from", name="uq_sessions_made_from"),
    )
    op.create_index(
        "ix_sessions_programme_key_account_id", "sessions", ["programme_key", "account_id"]
    )
    op.create_table(
        "sign_in_links",
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *_keys("sign_in_links", "secret_digest"),
    )


def downgrade() -> None:
    """Sign everybody out, and forget them."""
    for table in ("sign_in_links", "sessions", "accounts"):
        op.drop_table(table)


def _keys(table: str, key: str) -> tuple[sa.Constraint, ...]:
    """The primary key, and the programme that the row belongs to."""
    return (
        sa.PrimaryKeyConstraint("programme_key", key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["programme_key"], ["programmes.key"], name=f"fk_{table}_programme_key"
        ),
    )
