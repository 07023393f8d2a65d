"""LINE on loopback with two friends, and what speaks with it about menus."""

from collections.abc import Iterator

import pytest

from bot.line.menus import MenuClient
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from tests.simulator.calls import LIN, WANG


@pytest.fixture
def platform() -> Platform:
    made = Platform(people=(WANG, LIN))
    for person in made.chats.people.values():
        person.friend = True
    return made


@pytest.fixture
def wall(platform: Platform) -> Iterator[MenuClient]:
    with LineServer(platform) as url:
        client = MenuClient(url, url, platform.account.token)
        yield client
        client.close()
