"""`bot migrate`: bring the database's schema up to date."""

import argparse

from sqlalchemy.exc import OperationalError

from bot.errors import SettingsError
from bot.settings import Settings
from bot.store import schema
from bot.store.engine import open_engine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: DATABASE_URL says which database."""


def run(args: argparse.Namespace) -> int:
    """Migrate; doing it twice does no harm."""
    engine = open_engine(Settings.from_env().database_url)
    try:
        schema.migrate(engine)
        with engine.connect().execution_options(only_reads=True) as db:
            found = schema.current(db)
    except OperationalError as err:
        raise SettingsError(schema.fault(engine) or type(err).__name__) from err
    finally:
        engine.dispose()
    newer = "（比這個程式新，程式照樣能用）" if schema.is_newer(found, schema.newest()) else ""
    print(f"資料庫已是最新的結構：{found}{newer}")
    return 0
