"""Asking people: roles and invitations, questions passed on, staff's own answers, the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
UNSETTLED = sa.text("state IN ('waiting', 'sending')")


def upgrade() -> None:
    op.add_column("person", sa.Column("role", sa.String(16), server_default="", nullable=False))
    op.create_table(
        "invitation",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.Column("used_by", sa.String(64)),
        sa.PrimaryKeyConstraint("channel_id", "code_hash", name="pk_invitation"),
    )
    _create_referrals()
    _create_staff_entries()
    _create_outbox()
    op.create_index("ix_question_channel_id_asked_at", "question", ["channel_id", "asked_at"])


def _create_referrals() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("webhook_event_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("passed_on_at", INSTANT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), server_default="", nullable=False),
        sa.Column("said", sa.Text(), server_default="", nullable=False),
        sa.Column("plan", sa.Text(), server_default="", nullable=False),
        sa.Column("entry", sa.Text(), server_default="", nullable=False),
        sa.Column("wants_push", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_by", sa.String(64)),
        sa.Column("answered_at", INSTANT),
        sa.Column("told_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
        sa.UniqueConstraint(
            "channel_id", "webhook_event_id", name="uq_referral_channel_id_webhook_event_id"
        ),
    )
    op.create_index(
        "ix_referral_channel_id_state_passed_on_at",
        "referral",
        ["channel_id", "state", "passed_on_at"],
    )
    op.create_index(
        "ix_referral_channel_id_user_id_state", "referral", ["channel_id", "user_id", "state"]
    )


def _create_staff_entries() -> None:
    op.create_table(
        "staff_entry",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("says", PLAIN, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("referral_id", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_staff_entry"),
    )
    op.create_index(
        "ix_staff_entry_channel_id_changed_at", "staff_entry", ["channel_id", "changed_at"]
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("answer", PLAIN, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("retry_key", sa.String(36), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("first_sent_at", INSTANT),
        sa.Column("claimed_at", INSTANT),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("settled_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("channel_id", "key", name="uq_outbox_channel_id_key"),
    )
    op.create_index(
        "ix_outbox_unsettled",
        "outbox",
        ["not_before"],
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    )
    op.create_index(
        "ix_outbox_channel_id_user_id_state", "outbox", ["channel_id", "user_id", "state"]
    )


def downgrade() -> None:
    op.drop_index("ix_question_channel_id_asked_at", "question")
    for table in ("outbox", "staff_entry", "referral", "invitation"):
        op.drop_table(table)
    op.drop_column("person", "role")
