"""Tracks that people follow, what they did on them, the sessions that they chose."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
STANDS = sa.text("undone_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("edition", sa.String(64), nullable=False),
        sa.Column("track", sa.String(64), nullable=False),
        sa.Column("label", sa.String(64), server_default="", nullable=False),
        sa.Column("facets", PLAIN, nullable=False),
        sa.Column("seen", PLAIN, nullable=False),
        sa.Column("seen_version", sa.String(64), server_default="", nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment"),
        sa.UniqueConstraint(
            "channel_id",
            "user_id",
            "plan",
            "edition",
            "track",
            "label",
            name="uq_enrolment_channel_id_user_id_plan_edition_track_label",
        ),
    )
    _create_deeds()
    op.create_table(
        "session_pick",
        sa.Column("enrolment_id", sa.String(32), nullable=False),
        sa.Column("requirement", sa.String(64), nullable=False),
        sa.Column("part", sa.String(64), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("session", sa.String(160), nullable=False),
        sa.Column("picked_at", INSTANT, nullable=False),
        sa.Column("missed_at", INSTANT),
        sa.PrimaryKeyConstraint("enrolment_id", "requirement", "part", name="pk_session_pick"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name="fk_session_pick_enrolment_enrolment_id",
            ondelete="CASCADE",
        ),
    )


def _create_deeds() -> None:
    op.create_table(
        "deed",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("enrolment_id", sa.String(32), nullable=False),
        sa.Column("requirement", sa.String(64), nullable=False),
        sa.Column("part", sa.String(64), server_default="", nullable=False),
        sa.Column("fact", sa.String(160), nullable=False),
        sa.Column("count", sa.Numeric(10, 2), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("term", sa.String(64), server_default="", nullable=False),
        sa.Column("marks", PLAIN, nullable=False),
        sa.Column("event_id", sa.String(64), nullable=False),
        sa.Column("reported_at", INSTANT, nullable=False),
        sa.Column("vouched", sa.String(16), nullable=False),
        sa.Column("vouched_by", sa.String(64)),
        sa.Column("vouched_at", INSTANT),
        sa.Column("undone_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_deed"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name="fk_deed_enrolment_enrolment_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "uq_deed_fact",
        "deed",
        ["enrolment_id", "fact"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_index("ix_deed_enrolment_id_reported_at", "deed", ["enrolment_id", "reported_at"])


def downgrade() -> None:
    op.drop_table("session_pick")
    op.drop_table("deed")
    op.drop_table("enrolment")
