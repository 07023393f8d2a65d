"""Schools, people's ties to them, and invitations that are bound to a school."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "school",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("short_names", PLAIN, nullable=False),
        sa.Column("city", sa.String(16), nullable=False),
        sa.Column("district", sa.String(16), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("classes", sa.Integer()),
        sa.Column("is_remote", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "code", name="pk_school"),
    )
    op.create_table(
        "affiliation",
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("school_code", sa.String(16), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("tied_at", INSTANT, nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "channel_id", "user_id", "school_code", "role", name="pk_affiliation"
        ),
        sa.ForeignKeyConstraint(
            ["channel_id", "school_code"],
            ["school.channel_id", "school.code"],
            name="fk_affiliation_school",
        ),
    )
    op.create_index(
        "ix_affiliation_channel_id_school_code_role",
        "affiliation",
        ["channel_id", "school_code", "role"],
    )
    op.add_column("invitation", sa.Column("school_code", sa.String(16)))
    op.add_column("invitation", sa.Column("successor_to", sa.String(64)))


def downgrade() -> None:
    op.drop_column("invitation", "successor_to")
    op.drop_column("invitation", "school_code")
    op.drop_table("affiliation")
    op.drop_table("school")
