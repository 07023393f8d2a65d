"""What somebody told of themselves about an eligibility is kept between talks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "interview",
        sa.Column("channel_id", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.String(64), primary_key=True),
        sa.Column("entry", sa.String(200), primary_key=True),
        sa.Column("facts", PLAIN, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
    )
    op.create_index(
        "ix_interview_channel_id_user_id_changed_at",
        "interview",
        ["channel_id", "user_id", "changed_at"],
    )


def downgrade() -> None:
    op.drop_table("interview")
