"""Codes by which teachers of a school's list link themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_code",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("member_id", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("code_hash", name="pk_member_code"),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["roster_member.id"],
            name="fk_member_code_member_id_roster_member",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("channel_id", "member_id", name="uq_member_code_channel_id_member_id"),
    )


def downgrade() -> None:
    op.drop_table("member_code")
