"""The console over each kind of database."""

from collections.abc import Iterator

import pytest

from tests.console.office import OfficeOfTests


@pytest.fixture
def office(database_url: str) -> Iterator[OfficeOfTests]:
    made = OfficeOfTests(database_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def lite(sqlite_url: str) -> Iterator[OfficeOfTests]:
    """The same on SQLite alone, for what does not touch the database."""
    made = OfficeOfTests(sqlite_url)
    yield made
    made.engine.dispose()
