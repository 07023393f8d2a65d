"""Old rows are found by their age; when something last happened, and what is wrong.

The indexes on `event`, `outbox`, `mail_out`, `batch` and `talk` keep writers waiting while they are
made: about a second for a million rows.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OVER = sa.text("settled_at IS NOT NULL")
SETTLED = ("outbox", "mail_out", "batch")
BY_AGE = (("event", "received_at"), ("talk", "changed_at"))


def upgrade() -> None:
    for table, age in BY_AGE:
        op.create_index(f"ix_{table}_channel_id_{age}", table, ["channel_id", age])
    for table in SETTLED:
        op.create_index(
            f"ix_{table}_settled",
            table,
            ["channel_id", "settled_at"],
            sqlite_where=OVER,
            postgresql_where=OVER,
        )
    op.add_column("broadcast", sa.Column("kept_report", PLAIN))
    op.create_table(
        "pulse",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("note", sa.String(64), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "name", name="pk_pulse"),
    )
    op.create_table(
        "alarm",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("fact", sa.String(160), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("over_at", INSTANT),
        sa.Column("told_on", sa.Date()),
        sa.PrimaryKeyConstraint("channel_id", "fact", name="pk_alarm"),
    )


def downgrade() -> None:
    op.drop_table("alarm")
    op.drop_table("pulse")
    op.drop_column("broadcast", "kept_report")
    for table in SETTLED:
        op.drop_index(f"ix_{table}_settled", table)
    for table, age in BY_AGE:
        op.drop_index(f"ix_{table}_channel_id_{age}", table)
