"""What authenticator apps share with us is kept sealed; what is plain is sealed at its next use.

A column beside the plain one: a process of before finds nothing there, and lets nobody in by it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("factor_sealed", sa.Text()))


def downgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.drop_column("factor_sealed")
