"""What people set about reminders, which dates concern whom, and how far was planned."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
STRETCH = 320


def upgrade() -> None:
    # What was queued long before is planned anew, when it falls due.
    op.execute("DELETE FROM outbox WHERE key LIKE 'wish:%' AND state = 'waiting'")
    _personal()
    op.create_table(
        "follow",
        *_whose(),
        sa.Column("stretch", sa.String(STRETCH), nullable=False),
        sa.Column("lead", sa.String(8), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("fact", sa.String(STRETCH + 32), nullable=False),
        sa.Column("days", sa.String(120), nullable=False),
        sa.Column("why", sa.String(8), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("is_planned", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "user_id", "stretch", "lead", name="pk_follow"),
    )
    op.create_index(
        "ix_follow_unplanned",
        "follow",
        ["channel_id", "at", "user_id", "stretch", "lead"],
        sqlite_where=sa.text("NOT is_planned"),
        postgresql_where=sa.text("NOT is_planned"),
    )
    op.create_table(
        "clock",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("planned_at", INSTANT),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("wanted", sa.String(64), nullable=False),
        sa.Column("done_up_to", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", name="pk_clock"),
    )


def downgrade() -> None:
    for table in ("clock", "follow", "date_choice", "own_date", "preference"):
        op.drop_table(table)


def _personal() -> None:
    op.create_table(
        "preference",
        *_whose(),
        sa.Column("hour", sa.String(5)),
        sa.Column("leads", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
        sa.Column("quiet_from", sa.String(5)),
        sa.Column("quiet_to", sa.String(5)),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("paused_until", sa.Date),
        sa.Column("is_stopped", sa.Boolean, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "user_id", name="pk_preference"),
    )
    op.create_table(
        "own_date",
        *_whose(),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("edition", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("days", sa.Integer),
        sa.Column("hour", sa.Integer),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint(
            "channel_id", "user_id", "plan", "edition", "kind", name="pk_own_date"
        ),
    )
    op.create_table(
        "date_choice",
        *_whose(),
        sa.Column("stretch", sa.String(STRETCH), nullable=False),
        sa.Column("is_muted", sa.Boolean, nullable=False),
        sa.Column("later_at", INSTANT),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "user_id", "stretch", name="pk_date_choice"),
    )


def _whose() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
    )
