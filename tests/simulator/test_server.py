"""The platform as a server of its own, as a bot's HTTP client meets it."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from bot.simulator.faults import Fault
from bot.simulator.people import Persona
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from tests.simulator.stand_in import call, text

WANG = Persona("王老師", "國中教師")


@pytest.fixture
def platform() -> Platform:
    made = Platform(people=[WANG])
    made.chats.people[WANG.user_id].friend = True
    return made


def bearer(platform: Platform) -> dict[str, str]:
    """The header that LINE wants."""
    return {"Authorization": f"Bearer {platform.account.token}"}


def test_a_push_over_http_arrives(platform: Platform) -> None:
    body = {"to": WANG.user_id, "messages": [text("提醒")]}

    with LineServer(platform) as url:
        status, answer = call(url, "/v2/bot/message/push", body, bearer(platform))

    assert (status, len(answer["sentMessages"])) == (200, 1)
    assert platform.inbox(WANG.user_id) == [text("提醒")]


def test_one_connection_carries_many_calls(platform: Platform) -> None:
    with LineServer(platform) as url:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
        connection.connect()
        socket = connection.sock
        for _ in range(3):
            connection.request("GET", "/v2/bot/info", headers=bearer(platform))
            answer = json.loads(connection.getresponse().read())
        kept = connection.sock is socket
        connection.close()

    assert kept
    assert answer["userId"] == platform.account.user_id


def test_a_lost_answer_breaks_the_connection_after_delivery(platform: Platform) -> None:
    platform.faults.add(Fault(lost=True))
    body = {"to": WANG.user_id, "messages": [text("提醒")]}

    with LineServer(platform) as url, pytest.raises(http.client.RemoteDisconnected):
        call(url, "/v2/bot/message/push", body, bearer(platform))

    assert platform.inbox(WANG.user_id) == [text("提醒")]
