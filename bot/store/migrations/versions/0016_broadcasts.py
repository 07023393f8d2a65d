"""Broadcasts, whom they go to, who pressed what; audiences by name; settings of a channel."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
LEFT = sa.text("queued_at IS NULL")


def _word(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    _broadcast()
    op.create_table(
        "broadcast_recipient",
        _word("broadcast_id", 32),
        _word("user_id", 64),
        _word("channel_id", 64),
        sa.Column("queued_at", INSTANT),
        sa.PrimaryKeyConstraint("broadcast_id", "user_id", name="pk_broadcast_recipient"),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcast.id"],
            name="fk_broadcast_recipient_broadcast",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_broadcast_recipient_left",
        "broadcast_recipient",
        ["broadcast_id", "user_id"],
        sqlite_where=LEFT,
        postgresql_where=LEFT,
    )
    op.create_table(
        "broadcast_tap",
        _word("broadcast_id", 32),
        sa.Column("button", sa.Integer(), nullable=False),
        _word("user_id", 64),
        _word("channel_id", 64),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("broadcast_id", "button", "user_id", name="pk_broadcast_tap"),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcast.id"],
            name="fk_broadcast_tap_broadcast",
            ondelete="CASCADE",
        ),
    )
    for table in ("broadcast_recipient", "broadcast_tap"):
        op.create_index(f"ix_{table}_channel_id_user_id", table, ["channel_id", "user_id"])
    op.create_table(
        "audience",
        _word("id", 32),
        _word("channel_id", 64),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("audience", PLAIN, nullable=False),
        _word("author", 64),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audience"),
        sa.UniqueConstraint("channel_id", "name", name="uq_audience_channel_id_name"),
    )
    op.create_table(
        "channel_setting",
        _word("channel_id", 64),
        _word("name", 64),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "name", name="pk_channel_setting"),
    )
    op.create_table(
        "picture",
        _word("name", 40),
        _word("channel_id", 64),
        _word("media_type", 32),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_picture"),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("broadcast_id", sa.String(32)))
    op.create_index("ix_outbox_broadcast_id_state", "outbox", ["broadcast_id", "state"])


def _broadcast() -> None:
    op.create_table(
        "broadcast",
        _word("id", 32),
        _word("channel_id", 64),
        _word("state", 16),
        sa.Column("pieces", PLAIN, nullable=False),
        sa.Column("audience", PLAIN, nullable=False),
        sa.Column("starts_at", INSTANT),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        _word("author", 64),
        sa.Column("made_at", INSTANT, nullable=False),
        _word("changed_by", 64),
        sa.Column("approved_by", sa.String(64), server_default="", nullable=False),
        sa.Column("reach", sa.Integer(), server_default="0", nullable=False),
        sa.Column("began_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("recipients", sa.Integer(), server_default="0", nullable=False),
        sa.Column("skipped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_queued", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
    )
    op.create_index("ix_broadcast_channel_id_state", "broadcast", ["channel_id", "state"])
    op.create_index("ix_broadcast_channel_id_made_at", "broadcast", ["channel_id", "made_at"])


def downgrade() -> None:
    op.drop_index("ix_outbox_broadcast_id_state", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("broadcast_id")
    for table in ("picture", "channel_setting", "audience", "broadcast_tap", "broadcast_recipient"):
        op.drop_table(table)
    op.drop_table("broadcast")
