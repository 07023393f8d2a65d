"""What the platform does with calls that are well-formed."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.simulator.daytime import Daytime
from bot.simulator.faults import Fault
from bot.simulator.people import Persona
from bot.simulator.platform import Platform
from bot.simulator.wire import MONTHLY_LIMIT, RATE_LIMIT, Request, Response
from tests.simulator.stand_in import text

WANG, LIN = Persona("王老師", "國中教師"), Persona("林組長", "國小承辦")
STRANGER = "U" + "0" * 32


class Seconds:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def platform(seconds: Seconds) -> Platform:
    """Two friends of the account, and nobody else."""
    made = Platform(people=(WANG, LIN), elapsed=seconds)
    for person in made.chats.people.values():
        person.friend = True
    return made


def ask(
    platform: Platform, path: str, body: Any = None, *, method: str = "POST", **headers: str
) -> Response:
    """The platform's answer to one call of the bot's."""
    given = {
        "authorization": f"Bearer {platform.account.token}",
        "content-type": "application/json; charset=utf-8",
    }
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    raw = b"" if body is None else json.dumps(body).encode()
    return platform.answer(Request.of(method, path, given, raw))


def get(platform: Platform, path: str) -> Any:
    """The body of a GET."""
    return ask(platform, path, method="GET").body


def reply(platform: Platform, token: str, **headers: str) -> Response:
    """Answers an event with a text."""
    body = {"replyToken": token, "messages": [text("好的")]}
    return ask(platform, "/v2/bot/message/reply", body, **headers)


def push(platform: Platform, to: str, **headers: str) -> Response:
    """Pushes a text to one chat."""
    return ask(platform, "/v2/bot/message/push", {"to": to, "messages": [text("提醒")]}, **headers)


def said(response: Response) -> tuple[int, str]:
    """Status and message."""
    assert isinstance(response.body, dict)
    return response.status, response.body.get("message", "")


def test_a_reply_reaches_the_chat_that_its_token_came_from(platform: Platform) -> None:
    token = platform.tokens.issue(WANG.user_id)

    response = reply(platform, token)

    assert response.status == 200
    assert platform.inbox(WANG.user_id) == platform.reply_to(token, 0) == [text("好的")]
    assert platform.inbox(LIN.user_id) == []


def test_a_reply_token_works_once(platform: Platform) -> None:
    token = platform.tokens.issue(WANG.user_id)
    reply(platform, token)

    assert said(reply(platform, token)) == (400, "Invalid reply token")


@pytest.mark.parametrize(("age_s", "status"), [(60, 200), (61, 400)])
def test_a_reply_token_lives_for_a_minute(
    platform: Platform, seconds: Seconds, age_s: int, status: int
) -> None:
    token = platform.tokens.issue(WANG.user_id)

    seconds.passed += age_s

    assert reply(platform, token).status == status


@pytest.mark.parametrize(("age_s", "status"), [(20 * 60, 200), (20 * 60 + 1, 400)])
def test_a_redelivery_revives_a_token_for_twenty_minutes(
    platform: Platform, seconds: Seconds, age_s: int, status: int
) -> None:
    token = platform.tokens.issue(WANG.user_id)

    seconds.passed += age_s
    platform.tokens.renew(token)

    assert reply(platform, token).status == status


def test_a_reply_that_is_refused_does_not_use_up_its_token(platform: Platform) -> None:
    token = platform.tokens.issue(WANG.user_id)

    refused = ask(platform, "/v2/bot/message/reply", {"replyToken": token, "messages": [text("")]})

    assert said(refused) == (400, "The request body has 1 error(s)")
    assert refused.body["details"] == [  # type: ignore[index]
        {"message": "May not be empty", "property": "messages[0].text"}
    ]
    assert reply(platform, token).status == 200


def test_a_reply_takes_no_retry_key(platform: Platform) -> None:
    token = platform.tokens.issue(WANG.user_id)

    assert reply(platform, token, x_line_retry_key=str(uuid4())).status == 400


def test_a_wrong_bearer_token_is_refused_before_anything_else(platform: Platform) -> None:
    status, message = said(push(platform, WANG.user_id, authorization="Bearer wrong"))

    assert status == 401
    assert message.startswith("Authentication failed due to the following reason")


def test_a_push_with_a_known_key_is_taken_once_and_says_which_call_it_was(
    platform: Platform, seconds: Seconds
) -> None:
    key = str(uuid4())
    first = push(platform, WANG.user_id, x_line_retry_key=key)

    again = push(platform, WANG.user_id, x_line_retry_key=key)

    assert said(again) == (409, "The retry key is already accepted")
    accepted = again.headers["X-Line-Accepted-Request-Id"]
    assert accepted == first.headers["X-Line-Request-Id"]
    assert again.body["sentMessages"] == first.body["sentMessages"]  # type: ignore[index]
    assert len(platform.inbox(WANG.user_id)) == 1


def test_a_key_is_forgotten_after_a_day_and_then_sends_twice(
    platform: Platform, seconds: Seconds
) -> None:
    key = str(uuid4())
    push(platform, WANG.user_id, x_line_retry_key=key)

    seconds.passed += 24 * 3600 + 1

    assert push(platform, WANG.user_id, x_line_retry_key=key).status == 200
    assert len(platform.inbox(WANG.user_id)) == 2


def test_a_call_that_failed_may_be_tried_again_with_its_key(platform: Platform) -> None:
    key = str(uuid4())
    platform.faults.add(Fault(status=500))

    failed = push(platform, WANG.user_id, x_line_retry_key=key)
    again = push(platform, WANG.user_id, x_line_retry_key=key)

    assert (failed.status, again.status) == (500, 200)
    assert len(platform.inbox(WANG.user_id)) == 1


def test_a_lost_answer_has_been_delivered_all_the_same(platform: Platform) -> None:
    platform.faults.add(Fault(lost=True))

    response = push(platform, WANG.user_id)

    assert response.lost
    assert len(platform.inbox(WANG.user_id)) == 1


def test_a_key_that_is_no_uuid_is_refused(platform: Platform) -> None:
    assert push(platform, WANG.user_id, x_line_retry_key="first-try").status == 400


def test_a_push_to_a_person_who_blocked_is_200_and_neither_delivered_nor_counted(
    platform: Platform,
) -> None:
    platform.chats.people[WANG.user_id].blocked = True

    response = push(platform, WANG.user_id)

    assert response.status == 200
    assert platform.inbox(WANG.user_id) == []
    assert get(platform, "/v2/bot/message/quota/consumption") == {"totalUsage": 0}


def test_a_push_to_an_id_of_another_provider_is_refused(platform: Platform) -> None:
    assert said(push(platform, STRANGER)) == (400, "Failed to send messages")


def test_a_stranger_who_wrote_is_reached_for_seven_days(platform: Platform) -> None:
    wrote = datetime(2022, 6, 15, tzinfo=UTC)
    person = platform.chats.people[WANG.user_id]
    person.friend, person.wrote_at = False, wrote

    reached = [person.reachable(wrote + timedelta(days=days)) for days in (7, 8)]

    assert reached == [True, False]


def test_the_quota_counts_people_and_then_refuses_without_sending_to_anyone(
    platform: Platform,
) -> None:
    platform.sending.quota = 3
    body = {"to": [WANG.user_id, LIN.user_id], "messages": [text("一"), text("二")]}

    first = ask(platform, "/v2/bot/message/multicast", body)
    second = ask(platform, "/v2/bot/message/multicast", body)

    assert first.status == 200
    assert said(second) == (429, MONTHLY_LIMIT)
    assert len(platform.inbox(WANG.user_id)) == len(platform.inbox(LIN.user_id)) == 2
    assert get(platform, "/v2/bot/message/quota") == {"type": "limited", "value": 3}


def test_a_push_to_a_group_counts_everyone_in_it(platform: Platform) -> None:
    group = platform.chats.add_group("教師群組")
    group.joined = True

    push(platform, group.group_id)

    assert platform.sending.used == 2


def test_a_broadcast_reaches_friends_who_have_not_blocked(platform: Platform) -> None:
    platform.chats.people[LIN.user_id].blocked = True

    ask(platform, "/v2/bot/message/broadcast", {"messages": [text("公告")]})

    assert (len(platform.inbox(WANG.user_id)), platform.inbox(LIN.user_id)) == (1, [])


def test_the_61st_broadcast_of_an_hour_is_too_many(platform: Platform, seconds: Seconds) -> None:
    statuses = [
        ask(platform, "/v2/bot/message/broadcast", {"messages": [text("公告")]}).status
        for _ in range(61)
    ]
    seconds.passed += 60

    assert statuses == [200] * 60 + [429]
    assert ask(platform, "/v2/bot/message/broadcast", {"messages": [text("公告")]}).status == 200


def test_a_profile_is_shown_of_friends_only(platform: Platform) -> None:
    path = f"/v2/bot/profile/{WANG.user_id}"
    shown = get(platform, path)
    platform.chats.people[WANG.user_id].friend = False

    assert shown["displayName"] == "王老師"
    assert ask(platform, path, method="GET").status == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v2/bot/info", 200),
        ("GET", "/v2/bot/nothing", 404),
        ("GET", "/v2/bot/message/push", 405),
        ("POST", "/v2/bot/message/push/", 404),
        ("POST", "/v2/bot/chat/loading/start", 400),
    ],
)
def test_only_what_line_has_is_answered(
    platform: Platform, method: str, path: str, status: int
) -> None:
    assert ask(platform, path, method=method).status == status


def test_a_body_that_is_not_json_is_refused(platform: Platform) -> None:
    headers = {
        "Authorization": f"Bearer {platform.account.token}",
        "Content-Type": "application/json",
    }
    broken = Request.of("POST", "/v2/bot/message/push", headers, b"{")
    form = Request.of(
        "POST", "/v2/bot/message/push", headers | {"Content-Type": "text/plain"}, b"{}"
    )

    assert (platform.answer(broken).status, platform.answer(form).status) == (400, 415)


def test_a_fault_is_worded_as_line_words_it(platform: Platform) -> None:
    platform.faults.add(Fault(status=429))

    assert said(push(platform, WANG.user_id)) == (429, RATE_LIMIT)


def test_every_call_is_kept_with_what_was_wrong_with_it(platform: Platform) -> None:
    ask(platform, "/v2/bot/message/validate/reply", {"messages": [text("")]})

    assert platform.problems() == [
        "POST /v2/bot/message/validate/reply: messages[0].text: May not be empty"
    ]


def test_the_day_that_was_chosen_runs_on_from_there(seconds: Seconds) -> None:
    daytime = Daytime(elapsed=seconds)
    heard: list[datetime] = []
    daytime.on_move(heard.append)
    chosen = datetime(2022, 6, 15, 9, tzinfo=UTC)

    daytime.set_to(chosen)
    seconds.passed += 90

    assert daytime.now() == chosen + timedelta(seconds=90)
    assert heard == [chosen]
