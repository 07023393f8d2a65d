"""Since when the plans of the reminders are wanted: an older process does not undo newer ones."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("clock") as clock:
        clock.add_column(sa.Column("wanted_since", INSTANT))
        clock.add_column(sa.Column("brought_at", INSTANT))


def downgrade() -> None:
    with op.batch_alter_table("clock") as clock:
        clock.drop_column("brought_at")
        clock.drop_column("wanted_since")
