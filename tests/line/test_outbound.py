"""Replies and pushes over real connections: what LINE says becomes one of our three errors."""

import socket
from collections.abc import Iterator

import pytest

from bot.errors import DeliveryError, NeverWill, NotAllowed, TryLater
from bot.line import wire
from bot.line.outbound import LineClient, as_json
from bot.simulator.faults import Fault
from bot.simulator.people import Persona
from bot.simulator.platform import Platform

HELLO = [{"type": "text", "text": "您好"}]
DRAWN = as_json(HELLO)


@pytest.fixture
def client(platform: Platform, line_url: str) -> Iterator[LineClient]:
    client = LineClient(line_url, platform.account.token)
    yield client
    client.close()


def test_a_reply_arrives(client: LineClient, platform: Platform) -> None:
    token = platform.tokens.issue("U1")

    client.reply(token, DRAWN)

    assert [m["text"] for m in platform.reply_to(token) or ()] == ["您好"]
    assert platform.problems() == []


def test_a_token_that_was_used_is_hopeless(client: LineClient, platform: Platform) -> None:
    token = platform.tokens.issue("U1")
    client.reply(token, DRAWN)

    with pytest.raises(NeverWill, match="Invalid reply token"):
        client.reply(token, DRAWN)


def test_a_message_that_line_refuses_says_which_part(
    client: LineClient, platform: Platform
) -> None:
    with pytest.raises(NeverWill, match="messages"):
        client.reply(platform.tokens.issue("U1"), as_json([{"type": "text", "text": ""}]))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(status=500), TryLater),
        (Fault(status=503), TryLater),
        (Fault(status=429), TryLater),  # the rate
        (Fault(status=429, message="You have reached your monthly limit."), NotAllowed),
        (Fault(status=401), NotAllowed),
        (Fault(status=403), NotAllowed),
        (Fault(status=400), NeverWill),
        (Fault(status=404), NeverWill),
        (Fault(lost=True), TryLater),  # perhaps it did arrive
    ],
)
def test_each_refusal_is_one_of_three(
    client: LineClient, platform: Platform, fault: Fault, error: type[DeliveryError]
) -> None:
    platform.faults.add(fault)

    with pytest.raises(error):
        client.reply(platform.tokens.issue("U1"), DRAWN)


def test_a_wrong_access_token_is_not_allowed(line_url: str, platform: Platform) -> None:
    client = LineClient(line_url, "wrong")

    with pytest.raises(NotAllowed):
        client.reply(platform.tokens.issue("U1"), DRAWN)
    client.close()


def test_nobody_at_the_other_end_is_for_later() -> None:
    client = LineClient("http://127.0.0.1:1", "token")

    with pytest.raises(TryLater):
        client.reply("t", DRAWN)
    client.close()


def test_a_line_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "READ_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = LineClient(f"http://127.0.0.1:{silent.getsockname()[1]}", "token")

        with pytest.raises(TryLater, match="TimeoutError"):
            client.reply("t", DRAWN)
        client.close()


def test_what_line_calls_the_request_is_logged_and_the_token_is_not(
    client: LineClient, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    token = platform.tokens.issue("U1")

    with caplog.at_level("INFO"):
        client.reply(token, DRAWN)

    request_id = platform.calls[-1].response.headers["X-Line-Request-Id"]
    assert request_id in caplog.text
    assert token not in caplog.text
    assert platform.account.token not in caplog.text


KEY = "123e4567-e89b-42d3-a456-426614174000"
SOMEBODY = Persona("王老師", "教師")


@pytest.fixture
def friend(platform: Platform) -> str:
    platform.chats.add(SOMEBODY).friend = True
    return SOMEBODY.user_id


def test_a_push_arrives_with_its_retry_key(
    client: LineClient, platform: Platform, friend: str
) -> None:
    client.push(friend, HELLO, KEY)

    assert platform.inbox(friend) == HELLO
    assert platform.calls[-1].request.headers["x-line-retry-key"] == KEY
    assert platform.problems() == []


def test_a_push_that_line_has_already_is_as_good_as_sent(
    client: LineClient, platform: Platform, friend: str
) -> None:
    client.push(friend, HELLO, KEY)

    client.push(friend, HELLO, KEY)

    assert platform.calls[-1].response.status == 409
    assert platform.inbox(friend) == HELLO


def test_a_conflict_is_no_success_for_a_reply(client: LineClient, platform: Platform) -> None:
    platform.faults.add(Fault(status=409))

    with pytest.raises(NeverWill):
        client.reply(platform.tokens.issue("U1"), DRAWN)


@pytest.mark.parametrize("to", ["U" + "0" * 32, "nobody"])
def test_a_push_to_somebody_unknown_is_hopeless(client: LineClient, to: str) -> None:
    with pytest.raises(NeverWill):
        client.push(to, HELLO, KEY)


def test_a_multicast_arrives_and_the_quota_counts_each_of_its_people(
    client: LineClient, platform: Platform, friend: str
) -> None:
    platform.sending.quota = 200
    other = platform.chats.add(Persona("林老師", "教師"))
    other.friend = True
    people = [friend, other.persona.user_id]

    client.multicast(people, HELLO, KEY)
    client.multicast(people, HELLO, KEY)

    assert [platform.inbox(user) for user in people] == [HELLO, HELLO]
    assert client.quota() == (200, 2)
    assert platform.problems() == []


def test_a_quota_without_limit_is_none(client: LineClient) -> None:
    assert client.quota() == (None, 0)
