"""A migrated database of each kind, and LINE on loopback."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.simulator.people import Persona
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from bot.store import schema
from bot.store.engine import open_engine

TEACHER = Persona("王老師", "教師")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    schema.migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def platform() -> Platform:
    platform = Platform(people=[TEACHER])
    platform.chats.people[TEACHER.user_id].friend = True
    return platform


@pytest.fixture
def line_url(platform: Platform) -> Iterator[str]:
    with LineServer(platform) as url:
        yield url
