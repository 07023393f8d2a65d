"""Wrong invitation codes are counted by person; a told answer knows the reply that told it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "person", sa.Column("wrong_codes", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("person", sa.Column("wrong_code_at", INSTANT))
    op.add_column("referral", sa.Column("told_in", sa.String(64)))
    op.create_index("ix_referral_channel_id_told_in", "referral", ["channel_id", "told_in"])


def downgrade() -> None:
    op.drop_index("ix_referral_channel_id_told_in", "referral")
    op.drop_column("referral", "told_in")
    op.drop_column("person", "wrong_code_at")
    op.drop_column("person", "wrong_codes")
