"""The two small plans, read once."""

import pytest

from bot.understand.reader import Reader
from tests.handlers.plans import small_reader


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The two small plans."""
    return small_reader(tmp_path_factory.mktemp("knowledge"))
