"""Messages are sent in batches, within the month's quota, and keep how they moved."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
OPEN = sa.text("state IN ('waiting', 'held')")
UNSETTLED = sa.text("state IN ('waiting', 'sending')")
MOVED = ("retry_key", "first_sent_at", "claimed_at", "tries")  # from the message to its batch


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("retry_key", sa.String(36), nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("first_sent_at", INSTANT),
        sa.Column("claimed_at", INSTANT),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("settled_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_index(
        "ix_batch_unsettled",
        "batch",
        ["not_before"],
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    )
    op.create_table(
        "quota",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("most", sa.Integer()),
        sa.Column("used", sa.Integer(), server_default="0", nullable=False),
        sa.Column("month", sa.String(7), server_default="", nullable=False),
        sa.Column("read_at", INSTANT),
        sa.Column("read_on", INSTANT),
        sa.Column("later", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", name="pk_quota"),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("kind", sa.String(16), server_default="answer", nullable=False))
        outbox.add_column(sa.Column("fact", sa.Text(), server_default="", nullable=False))
        for name in ("at_once", "alone"):
            outbox.add_column(
                sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            )
        outbox.add_column(sa.Column("batch_id", sa.String(32)))
        outbox.add_column(sa.Column("told_in", sa.String(64)))
        outbox.add_column(sa.Column("history", sa.Text(), server_default="", nullable=False))
    _carry_over()
    op.drop_index("ix_outbox_unsettled", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        for name in MOVED:
            outbox.drop_column(name)
    for name, column in (("ix_outbox_due", "not_before"), ("ix_outbox_over", "expires_at")):
        op.create_index(name, "outbox", [column], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_outbox_batch_id", "outbox", ["batch_id"])
    op.create_index("ix_outbox_channel_id_told_in", "outbox", ["channel_id", "told_in"])


def _carry_over() -> None:
    """What was tried before keeps its retry key, in a batch of its own, as its own id names it."""
    tried = "state IN ('waiting', 'sending') AND first_sent_at IS NOT NULL"
    op.execute(
        "INSERT INTO batch (id, channel_id, way, people, state, retry_key, not_before, expires_at,"
        " first_sent_at, claimed_at, tries, error) SELECT id, channel_id, 'push', 1, state,"
        f" retry_key, not_before, expires_at, first_sent_at, claimed_at, tries, error"
        f" FROM outbox WHERE {tried}"
    )
    op.execute(f"UPDATE outbox SET batch_id = id, state = 'sending' WHERE {tried}")
    # What is told on its own day, and not with others, was only staff's answers.
    op.execute("UPDATE outbox SET at_once = true WHERE key LIKE 'referral:%'")
    op.execute("UPDATE outbox SET kind = 'deadline' WHERE key NOT LIKE 'referral:%'")


def downgrade() -> None:
    """Back to a retry key a message. What is in a batch just now is given up: it may have gone."""
    op.execute("UPDATE outbox SET state = 'uncertain' WHERE state IN ('sending', 'riding')")
    op.execute("UPDATE outbox SET state = 'waiting' WHERE state = 'held'")
    for name in ("ix_outbox_due", "ix_outbox_over", "ix_outbox_batch_id"):
        op.drop_index(name, "outbox")
    op.drop_index("ix_outbox_channel_id_told_in", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        for name in ("kind", "fact", "at_once", "alone", "batch_id", "told_in", "history"):
            outbox.drop_column(name)
        outbox.add_column(sa.Column("retry_key", sa.String(36), server_default="", nullable=False))
        outbox.add_column(sa.Column("first_sent_at", INSTANT))
        outbox.add_column(sa.Column("claimed_at", INSTANT))
        outbox.add_column(sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    # A version-4 UUID of its own for each, made of its random id.
    op.execute(
        "UPDATE outbox SET retry_key = substr(id,1,8) || '-' || substr(id,9,4) || '-' ||"
        " substr(id,13,4) || '-' || substr(id,17,4) || '-' || substr(id,21,12)"
    )
    op.create_index(
        "ix_outbox_unsettled",
        "outbox",
        ["not_before"],
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    )
    op.drop_table("quota")
    op.drop_table("batch")
