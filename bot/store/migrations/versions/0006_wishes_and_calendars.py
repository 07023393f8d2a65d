"""What people asked to be reminded of, and the keys of their calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "wish",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("edition", sa.String(64), nullable=False),
        sa.Column("date", sa.String(64), nullable=False),
        sa.Column("case_key", sa.String(160), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint(
            "channel_id", "user_id", "plan", "edition", "date", "case_key", name="pk_wish"
        ),
    )
    op.create_table(
        "calendar_key",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "user_id", name="pk_calendar_key"),
        sa.UniqueConstraint("key", name="uq_calendar_key_key"),
    )


def downgrade() -> None:
    op.drop_table("calendar_key")
    op.drop_table("wish")
