"""Questions that did not help or were seen to by staff; lists that staff import in the console."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("question") as question:
        question.add_column(sa.Column("disliked_at", INSTANT))
        question.add_column(sa.Column("seen_to_at", INSTANT))
    op.create_index("ix_question_channel_id_disliked_at", "question", ["channel_id", "disliked_at"])
    op.create_table(
        "import_run",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("options", PLAIN, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("counts", PLAIN, nullable=False),
        sa.Column("notes", PLAIN, nullable=False),
        sa.Column("list_read", sa.LargeBinary()),
        sa.Column("lines", sa.LargeBinary()),
        sa.Column("settled_by", sa.Text()),
        sa.Column("settled_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
    )
    op.create_index("ix_import_run_channel_id_made_at", "import_run", ["channel_id", "made_at"])


def downgrade() -> None:
    op.drop_table("import_run")
    op.drop_index("ix_question_channel_id_disliked_at", "question")
    with op.batch_alter_table("question") as question:
        question.drop_column("seen_to_at")
        question.drop_column("disliked_at")
