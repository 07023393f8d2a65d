"""Accounts of the console, their sessions, tries to sign in, and the audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("mail", sa.String(254), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("disabled_at", INSTANT),
        sa.Column("signed_in_at", INSTANT),
        sa.Column("password_hash", sa.Text()),
        sa.Column("first_until", INSTANT),
        sa.Column("factor_secret", sa.String(64)),
        sa.Column("factor_at", INSTANT),
        sa.Column("factor_step", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("recovery", PLAIN, nullable=False),
        sa.Column("subject", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("channel_id", "mail", name="uq_account_channel_id_mail"),
    )
    _sessions()
    op.create_table(
        "sign_in_try",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("rests", sa.Integer(), nullable=False),
        sa.Column("tried_at", INSTANT, nullable=False),
        sa.Column("rests_until", INSTANT),
        sa.PrimaryKeyConstraint("channel_id", "key_hash", name="pk_sign_in_try"),
    )
    op.create_index("ix_sign_in_try_tried_at", "sign_in_try", ["tried_at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(254), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", PLAIN, nullable=False),
        sa.Column("after", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_channel_id_at", "audit", ["channel_id", "at"])
    op.create_index("ix_audit_channel_id_actor_at", "audit", ["channel_id", "actor", "at"])


def _sessions() -> None:
    op.create_table(
        "console_session",
        sa.Column("id_hash", sa.String(64), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(32)),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("browser", sa.String(120), nullable=False, server_default=""),
        sa.Column("by_provider", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("away", PLAIN),
        sa.PrimaryKeyConstraint("id_hash", name="pk_console_session"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name="fk_console_session_account",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_console_session_account_id", "console_session", ["account_id"])
    op.create_index("ix_console_session_ends_at", "console_session", ["ends_at"])


def downgrade() -> None:
    op.drop_table("audit")
    op.drop_table("sign_in_try")
    op.drop_table("console_session")
    op.drop_table("account")
