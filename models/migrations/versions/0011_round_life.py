"""A round's life: versions, revisions of its document, and every change.

On SQLite the tables `outbox` and `idempotency_keys` are made anew, so no table that points at
them may be there yet.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOVED = ("document", "problem", "warnings")
LOOSENED = ("outbox", "idempotency_keys")


def upgrade() -> None:
    """Move the documents to revisions; every round is at its first change."""
    for column in ("version", "revision"):
        op.add_column("rounds", sa.Column(column, sa.Integer, nullable=False, server_default="1"))
    op.add_column("runs", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
    op.create_index(
        "ix_rounds_programme_key_submitted_at_id",
        "rounds",
        ["programme_key", "submitted_at", "id"],
    )
    op.create_table(
        "revisions",
        *_owner(),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        *(sa.Column(column, sa.Text, nullable=False) for column in MOVED),
        *_keys("revisions", "number"),
    )
    op.create_table(
        "round_changes",
        *_owner(),
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("run_id", sa.Uuid),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_keys("round_changes", "version"),
        sa.ForeignKeyConstraint(
            ["programme_key", "run_id"],
            ["runs.programme_key", "runs.id"],
            name="fk_round_changes_programme_key_run_id",
        ),
    )
    op.execute(
        "INSERT INTO revisions (programme_key, round_id, number, document, problem, warnings) "
        "SELECT programme_key, id, 1, document, problem, warnings FROM rounds"
    )
    # A run was the last thing that could happen to a round; one that waits has begun by now.
    op.execute(
        "UPDATE rounds SET status = 'running' WHERE EXISTS (SELECT 1 FROM runs "
        "WHERE runs.programme_key = rounds.programme_key AND runs.round_id = rounds.id "
        "AND runs.status IN ('queued', 'solving'))"
    )
    op.execute(
        "INSERT INTO round_changes "
        "(programme_key, round_id, version, act, status, revision, actor, at) "
        "SELECT programme_key, id, 1, 'create', status, 1, 'service', submitted_at FROM rounds"
    )
    for column in MOVED:
        op.drop_column("rounds", column)
    for table in LOOSENED:
        with op.batch_alter_table(table) as loosened:
            loosened.alter_column("run_id", existing_type=sa.Uuid, nullable=True)


def downgrade() -> None:
    """Keep each round's newest document, and of the answers and events those of runs.

    Which document a run solved is forgotten.
    """
    for table in LOOSENED:
        run = sa.column("run_id", sa.Uuid)
        op.execute(sa.delete(sa.table(table, run)).where(run.is_(None)))
        with op.batch_alter_table(table) as tightened:
            tightened.alter_column("run_id", existing_type=sa.Uuid, nullable=False)
    for column in MOVED:
        op.add_column("rounds", sa.Column(column, sa.Text, nullable=False, server_default=""))
    op.execute(
        "UPDATE rounds SET (document, problem, warnings) = "
        "(SELECT document, problem, warnings FROM revisions "
        "WHERE revisions.programme_key = rounds.programme_key AND round_id = rounds.id "
        "AND number = rounds.revision)"
    )
    op.drop_table("round_changes")
    op.drop_table("revisions")
    op.drop_index("ix_rounds_programme_key_submitted_at_id", "rounds")
    op.drop_column("runs", "revision")
    for column in ("revision", "version"):
        op.drop_column("rounds", column)


def _owner() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("programme_key", sa.String(100), nullable=False),
        sa.Column("round_id", sa.Uuid, nullable=False),
    )


def _keys(table: str, number: str) -> tuple[sa.Constraint, ...]:
    """The primary key, and foreign keys that cannot leave the programme."""
    return (
        sa.PrimaryKeyConstraint("programme_key", "round_id", number, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["programme_key"], ["programmes.key"], name=f"fk_{table}_programme_key"
        ),
        sa.ForeignKeyConstraint(
            ["programme_key", "round_id"],
            ["rounds.programme_key", "rounds.id"],
            name=f"fk_{table}_programme_key_round_id",
        ),
    )
