"""A bot that knows the sample schools, on SQLite or on each database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.dispatch import Office
from bot.handlers.table import handle
from bot.links import Links
from bot.simulator.schools import SAMPLE_SCHOOLS
from bot.store import schools
from bot.store.engine import open_engine
from bot.understand.reader import Reader
from tests.handlers.whole_bot import JUNE, Bot
from tests.migrated import migrated

ADDRESS, KEY = "https://bot.example", "k" * 32


def school_bot(reader: Reader, engine: Engine) -> Bot:
    """The bot over this database, with the sample schools and with pages."""
    with engine.begin() as db:
        schools.put_many(db, "default", SAMPLE_SCHOOLS, JUNE)
    return Bot(Office(engine, handle, reader, Links(ADDRESS, KEY)))


@pytest.fixture
def lite(reader: Reader, sqlite_url: str) -> Iterator[Bot]:
    """On SQLite alone."""
    engine = open_engine(sqlite_url)
    migrated(engine)
    yield school_bot(reader, engine)
    engine.dispose()


@pytest.fixture
def bot(reader: Reader, engine: Engine) -> Bot:
    """On each database."""
    return school_bot(reader, engine)
