"""LINE on loopback, as strict as the real one."""

from collections.abc import Iterator

import pytest

from bot.simulator.platform import Platform
from bot.simulator.server import LineServer


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def line_url(platform: Platform) -> Iterator[str]:
    with LineServer(platform) as url:
        yield url
