"""The pages over each kind of database, about the two small plans."""

from collections.abc import Iterator

import pytest

from bot.understand.reader import Reader
from tests.handlers.plans import small_reader
from tests.pages.stage import Stage


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The two small plans."""
    return small_reader(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
def stage(database_url: str, reader: Reader) -> Iterator[Stage]:
    yield from staffed(database_url, reader)


@pytest.fixture
def lite(sqlite_url: str, reader: Reader) -> Iterator[Stage]:
    """The same on SQLite alone, for what does not touch the database."""
    yield from staffed(sqlite_url, reader)


def staffed(url: str, reader: Reader) -> Iterator[Stage]:
    stage = Stage(url, reader)
    stage.staff()
    yield stage
    stage.house.close()
