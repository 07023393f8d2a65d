"""The first tables: people, talks, events, questions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out and not taken from the models: a step of history must not change when they do.
INSTANT = sa.DateTime(timezone=True)
PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
UNSETTLED = sa.text("state IN ('waiting', 'sending')")


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("first_seen_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column("followed_at", INSTANT),
        sa.Column("blocked_at", INSTANT),
        sa.PrimaryKeyConstraint("channel_id", "user_id", name="pk_person"),
    )
    op.create_table(
        "talk",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("plain", PLAIN, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "chat_id", name="pk_talk"),
    )
    _create_events()
    _create_questions()


def _create_events() -> None:
    op.create_table(
        "event",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("webhook_event_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64)),
        sa.Column("happened_at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("answer", PLAIN),
        sa.Column("reply_token", sa.Text()),
        sa.Column("claimed_at", INSTANT),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("channel_id", "webhook_event_id", name="pk_event"),
    )
    op.create_index(
        "ix_event_unsettled",
        "event",
        ["received_at"],
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    )


def _create_questions() -> None:
    op.create_table(
        "question",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("webhook_event_id", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64)),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("why", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "webhook_event_id", name="pk_question"),
        sa.ForeignKeyConstraint(
            ["channel_id", "webhook_event_id"],
            ["event.channel_id", "event.webhook_event_id"],
            name="fk_question_event",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_question_channel_id_outcome_asked_at",
        "question",
        ["channel_id", "outcome", "asked_at"],
    )
    op.create_index("ix_question_channel_id_user_id", "question", ["channel_id", "user_id"])
    op.create_index("ix_question_channel_id_message_id", "question", ["channel_id", "message_id"])


def downgrade() -> None:
    for table in ("question", "event", "talk", "person"):
        op.drop_table(table)
