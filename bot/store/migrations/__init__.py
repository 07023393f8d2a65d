"""The schema's history, for Alembic. Run by `bot.store.schema`, never by hand."""
