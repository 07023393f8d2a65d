"""A migrated database of each kind, and LINE on loopback."""

from collections.abc import Iterator

import pytest

from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from tests.personas import TEACHER


@pytest.fixture
def platform() -> Platform:
    platform = Platform(people=[TEACHER])
    platform.chats.people[TEACHER.user_id].friend = True
    return platform


@pytest.fixture
def line_url(platform: Platform) -> Iterator[str]:
    with LineServer(platform) as url:
        yield url
