"""A migrated database of each kind, and LINE on loopback."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.delivery.drain import Drain
from bot.line.outbound import LineClient
from bot.line.pushes import Pusher
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from tests.delivery.pushes import run
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


@pytest.fixture
def pusher(platform: Platform, line_url: str) -> Iterator[Pusher]:
    client = LineClient(line_url, platform.account.token)
    yield Pusher(client)
    client.close()


@pytest.fixture
def drain(engine: Engine, pusher: Pusher) -> Drain:
    """Waits for its exact time, and takes no time to send; LINE's quota is read already."""
    drain = Drain(
        engine=engine,
        sender=pusher,
        channel_id="default",
        chance=lambda: 0.5,
        elapsed=lambda: 0.0,
    )
    run(drain)
    return drain
