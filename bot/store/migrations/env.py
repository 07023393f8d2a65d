"""Alembic's way in: migrates over the connection that `bot.store.schema` hands it."""

from alembic import context

from bot.store.track_tables import EnrolmentRow  # the last: all other tables come with it

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=EnrolmentRow.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
