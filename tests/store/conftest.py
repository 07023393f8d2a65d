"""A migrated database of each kind."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.store import schema
from bot.store.engine import open_engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    schema.migrate(engine)
    yield engine
    engine.dispose()
