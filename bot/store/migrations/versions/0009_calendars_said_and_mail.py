"""What calendars said last, addresses of e-mail, and mails to send."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
UNSENT = sa.text("state IN ('waiting', 'sending')")


def upgrade() -> None:
    op.create_table(
        "calendar_said",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("uid", sa.String(64), nullable=False),
        sa.Column("event", PLAIN, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "user_id", "uid", name="pk_calendar_said"),
    )
    op.create_table(
        "mail_address",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("via", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", INSTANT),
        sa.Column("unsubscribed_at", INSTANT),
        sa.Column("dead_at", INSTANT),
        sa.Column("dead_told_at", INSTANT),
        sa.PrimaryKeyConstraint("channel_id", "user_id", name="pk_mail_address"),
        sa.UniqueConstraint("key", name="uq_mail_address_key"),
    )
    _mails()


def _mails() -> None:
    op.create_table(
        "mail_out",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("answer", PLAIN),
        sa.Column("instead", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("mail_id", sa.String(32)),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("claimed_at", INSTANT),
        sa.Column("settled_at", INSTANT),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_mail_out"),
        sa.UniqueConstraint("channel_id", "key", name="uq_mail_out_channel_id_key"),
    )
    op.create_index(
        "ix_mail_out_due",
        "mail_out",
        ["channel_id", "not_before"],
        postgresql_where=UNSENT,
        sqlite_where=UNSENT,
    )
    op.create_index("ix_mail_out_person", "mail_out", ["channel_id", "user_id"])


def downgrade() -> None:
    op.drop_table("mail_out")
    op.drop_table("mail_address")
    op.drop_table("calendar_said")
