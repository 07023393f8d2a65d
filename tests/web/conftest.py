"""A running bot over each kind of database, and a LINE for it."""

from collections.abc import Iterator

import pytest

from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from bot.store import schema
from bot.store.engine import open_engine
from tests.web.running import Running, running, settings_for


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def bot(platform: Platform, database_url: str) -> Iterator[Running]:
    engine = open_engine(database_url)
    schema.migrate(engine)
    engine.dispose()
    with (
        LineServer(platform) as line_url,
        running(settings_for(platform, line_url, database_url), platform) as bot,
    ):
        yield bot
