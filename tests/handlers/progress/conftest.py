"""The bot about a made-up plan whose tracks are followed."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.dispatch import Office
from bot.handlers.table import handle
from bot.store.engine import open_engine
from bot.understand.reader import Reader
from tests.handlers.tracks import tracks_reader
from tests.handlers.whole_bot import Bot
from tests.migrated import migrated
from tests.understand.plans import real_reader


@pytest.fixture(scope="session")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Three small plans; the tracks of one of them can be followed."""
    return tracks_reader(tmp_path_factory.mktemp("garden"))


@pytest.fixture
def bot(garden: Reader, sqlite_url: str) -> Iterator[Bot]:
    """The bot with a database of its own, on 15 June 2022; what it says hangs on no database."""
    engine = open_engine(sqlite_url)
    migrated(engine)
    yield Bot(Office(engine, handle, garden))
    engine.dispose()


@pytest.fixture
def each_bot(garden: Reader, engine: Engine) -> Bot:
    """The same over each database that we run on, for what hangs on it."""
    return Bot(Office(engine, handle, garden))


@pytest.fixture
def gardener(bot: Bot) -> Bot:
    """The same, where the teacher follows 菜園師認證."""
    assert "已加入「菜園師認證」" in bot.say("我要加入菜園師認證的進度")
    return bot


@pytest.fixture
def school(bot: Bot) -> Bot:
    """The same, where the school's duties are followed."""
    assert "已加入「學校應辦事項」" in bot.say("加入學校應辦事項的進度")
    return bot


@pytest.fixture
def real_bot(sqlite_url: str) -> Iterator[Bot]:
    """The bot with the real plans, on 15 June 2022."""
    engine = open_engine(sqlite_url)
    migrated(engine)
    yield Bot(Office(engine, handle, real_reader()))
    engine.dispose()
