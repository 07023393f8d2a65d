"""Alembic's way in: migrates over the connection that `bot.store.schema` hands it."""

from alembic import context

from bot.store.every_table import EVERY

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=EVERY,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
