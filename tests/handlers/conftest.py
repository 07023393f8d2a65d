"""Chats about two small made-up plans, and about the real ones."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from bot.dispatch import Office
from bot.handlers.table import handle
from bot.store import schema
from bot.store.engine import open_engine
from bot.understand.reader import Reader
from tests.handlers.chat import Chat
from tests.handlers.plans import small_reader
from tests.handlers.whole_bot import Bot
from tests.understand.plans import real_reader


@pytest.fixture(scope="session")
def db() -> Iterator[Connection]:
    """An open connection of an empty database: what a desk needs to have."""
    engine = open_engine("sqlite://")
    schema.migrate(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The two small plans."""
    return small_reader(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
def chat(reader: Reader, db: Connection) -> Chat:
    """A new chat in June 2022 about the two small plans."""
    return Chat(reader, db)


@pytest.fixture
def bot(reader: Reader, engine: Engine) -> Bot:
    """The bot with a database of its own, about the two small plans."""
    return Bot(Office(engine, handle, reader))


@pytest.fixture
def real_chat(db: Connection) -> Chat:
    """A new chat in June 2022 about the real plans."""
    return Chat(real_reader(), db)
