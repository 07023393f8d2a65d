"""What the platform answers besides sending, and whom it answers at all."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.simulator.daytime import Daytime
from bot.simulator.faults import Fault
from bot.simulator.platform import Platform
from bot.simulator.wire import RATE_LIMIT, Request
from tests.simulator.calls import WANG, Seconds, ask, get, push, said
from tests.simulator.stand_in import text


def test_a_wrong_bearer_token_is_refused_before_anything_else(platform: Platform) -> None:
    status, message = said(push(platform, WANG.user_id, authorization="Bearer wrong"))

    assert status == 401
    assert message.startswith("Authentication failed due to the following reason")


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
