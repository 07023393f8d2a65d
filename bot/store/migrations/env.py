"""Alembic's way in: migrates over the connection that `bot.store.schema` hands it."""

from alembic import context

from bot.store import (
    account_tables,
    channel_tables,
    own_tables,
    reminder_tables,
    sending_tables,
    track_tables,
)
from bot.store.tables import Base

TABLES = (
    account_tables,
    channel_tables,
    track_tables,
    own_tables,
    reminder_tables,
    sending_tables,
)  # known to Base once their modules are imported

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
