"""Schools' lists of teachers, who of them is whom in LINE, and the courses that they completed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "roster_member",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("school_code", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("name_key", sa.String(64), nullable=False),
        sa.Column("label", sa.String(64), server_default="", nullable=False),
        sa.Column("title", sa.String(64), server_default="", nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roster_member"),
        sa.UniqueConstraint(
            "channel_id",
            "school_code",
            "name_key",
            "label",
            name="uq_roster_member_channel_id_school_code_name_key_label",
        ),
    )
    op.create_table(
        "member_link",
        sa.Column("member_id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_member_link"),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["roster_member.id"],
            name="fk_member_link_roster_member",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_member_link_channel_id_user_id", "member_link", ["channel_id", "user_id"])
    _completions()


def _completions() -> None:
    op.create_table(
        "completion",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("member_id", sa.String(32), nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("edition", sa.String(64), nullable=False),
        sa.Column("track", sa.String(64), nullable=False),
        sa.Column("requirement", sa.String(64), nullable=False),
        sa.Column("part", sa.String(64), server_default="", nullable=False),
        sa.Column("fact", sa.String(200), nullable=False),
        sa.Column("count", sa.Numeric(10, 2), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("course", sa.String(200), server_default="", nullable=False),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_completion"),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["roster_member.id"],
            name="fk_completion_roster_member",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "member_id", "plan", "edition", "fact", name="uq_completion_member_id_plan_edition_fact"
        ),
    )
    op.create_index(
        "ix_completion_channel_id_plan_edition", "completion", ["channel_id", "plan", "edition"]
    )


def downgrade() -> None:
    op.drop_table("completion")
    op.drop_table("member_link")
    op.drop_table("roster_member")
