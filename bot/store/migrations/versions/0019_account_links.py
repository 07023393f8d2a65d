"""Who holds an account of the console, in LINE."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "account_link",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64)),
        sa.Column("linked_at", INSTANT),
        sa.Column("code_hash", sa.String(64)),
        sa.Column("code_until", INSTANT),
        sa.PrimaryKeyConstraint("account_id", name="pk_account_link"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_account_link_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_account_link_channel_id_user_id", "account_link", ["channel_id", "user_id"])
    op.create_index("ix_account_link_code_hash", "account_link", ["code_hash"])


def downgrade() -> None:
    op.drop_table("account_link")
