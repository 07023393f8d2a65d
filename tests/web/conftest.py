"""A running bot over each kind of database, and a LINE for it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from tests.web.running import Running, running, settings_for


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def bot(platform: Platform, engine: Engine) -> Iterator[Running]:
    database_url = engine.url.render_as_string(hide_password=False)
    with (
        LineServer(platform) as line_url,
        running(settings_for(platform, line_url, database_url), platform) as bot,
    ):
        yield bot
