"""How much one person, or one group, writes within a minute."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLES = ("person", "talk")


def upgrade() -> None:
    for table in TABLES:
        # A constant default: no row is written anew, and old processes go on without it.
        op.add_column(table, sa.Column("burst", sa.Integer(), nullable=False, server_default="0"))
        op.add_column(table, sa.Column("burst_since", sa.DateTime(timezone=True)))


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as changed:
            changed.drop_column("burst_since")
            changed.drop_column("burst")
