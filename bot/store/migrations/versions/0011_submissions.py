"""Schools that take part in plans, what they handed in, every move, later dates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KEPT = sa.text("undone_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "participation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("school_code", sa.String(16), nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("edition", sa.String(64), nullable=False),
        sa.Column("facets", PLAIN, nullable=False),
        sa.Column("units", PLAIN, nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_participation"),
        sa.UniqueConstraint(
            "channel_id",
            "plan",
            "edition",
            "school_code",
            name="uq_participation_channel_id_plan_edition_school_code",
        ),
    )
    op.create_index(
        "ix_participation_channel_id_school_code", "participation", ["channel_id", "school_code"]
    )
    _pieces()
    _moves()


def _pieces() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("participation_id", sa.String(32), nullable=False),
        sa.Column("slot", sa.String(200), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.Column("due_at", INSTANT),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(64), server_default="", nullable=False),
        sa.Column("undone_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        _of_participation("submission"),
    )
    op.create_index(
        "ix_submission_kept",
        "submission",
        ["participation_id", "slot"],
        postgresql_where=KEPT,
        sqlite_where=KEPT,
    )


def _moves() -> None:
    op.create_table(
        "submission_move",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("participation_id", sa.String(32), nullable=False),
        sa.Column("slot", sa.String(200), nullable=False),
        sa.Column("deed", sa.String(16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("pieces", PLAIN, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(64)),
        sa.Column("actor_kind", sa.String(16), nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("event_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission_move"),
        sa.UniqueConstraint(
            "participation_id",
            "event_id",
            "deed",
            "slot",
            name="uq_submission_move_participation_id_event_id_deed_slot",
        ),
        _of_participation("submission_move"),
    )
    op.create_table(
        "slot_extension",
        sa.Column("participation_id", sa.String(32), nullable=False),
        sa.Column("slot", sa.String(200), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("participation_id", "slot", name="pk_slot_extension"),
        _of_participation("slot_extension"),
    )


def _of_participation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["participation_id"],
        ["participation.id"],
        name=f"fk_{table}_participation",
        ondelete="CASCADE",
    )


def downgrade() -> None:
    op.drop_table("slot_extension")
    op.drop_table("submission_move")
    op.drop_table("submission")
    op.drop_table("participation")
