"""A channel with a member of staff, a LINE and a mail server, and who watches over it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.line.outbound import LineClient
from bot.line.pushes import Pusher
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from tests.mail.server import mail_server
from tests.personas import TEACHER
from tests.watching.watched import Watched


@pytest.fixture
def platform() -> Platform:
    platform = Platform(people=[TEACHER])
    platform.chats.people[TEACHER.user_id].friend = True
    return platform


@pytest.fixture
def watched(engine: Engine, platform: Platform) -> Iterator[Watched]:
    with LineServer(platform) as url, mail_server() as server:
        client = LineClient(url, platform.account.token)
        yield Watched(engine, platform, Pusher(client), server)
        client.close()
