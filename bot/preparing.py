"""The database of a process, brought up to date before it begins."""

from bot.errors import SettingsError
from bot.settings import Settings
from bot.store import schema
from bot.store.engine import open_engine


def prepare_database(settings: Settings) -> None:
    """Bring an SQLite file up to date; of another database, say when it is not.

    Call it once, before any fork.
    """
    engine = open_engine(settings.database_url)
    try:
        if engine.dialect.name == "sqlite":
            schema.migrate(engine)
        if fault := schema.fault(engine):
            raise SettingsError(fault)
    finally:
        engine.dispose()
