"""Reply, push, multicast, broadcast: who gets what, and what is refused."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.simulator.faults import Fault
from bot.simulator.platform import Platform
from bot.simulator.wire import MONTHLY_LIMIT
from tests.simulator.calls import LIN, STRANGER, WANG, Seconds, ask, body_of, get, push, reply, said
from tests.simulator.stand_in import text


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
    assert body_of(refused)["details"] == [
        {"message": "May not be empty", "property": "messages[0].text"}
    ]
    assert reply(platform, token).status == 200


def test_a_reply_takes_no_retry_key(platform: Platform) -> None:
    token = platform.tokens.issue(WANG.user_id)

    assert reply(platform, token, x_line_retry_key=str(uuid4())).status == 400


def test_a_push_with_a_known_key_is_taken_once_and_says_which_call_it_was(
    platform: Platform, seconds: Seconds
) -> None:
    key = str(uuid4())
    first = push(platform, WANG.user_id, x_line_retry_key=key)

    again = push(platform, WANG.user_id, x_line_retry_key=key)

    assert said(again) == (409, "The retry key is already accepted")
    accepted = again.headers["X-Line-Accepted-Request-Id"]
    assert accepted == first.headers["X-Line-Request-Id"]
    assert body_of(again)["sentMessages"] == body_of(first)["sentMessages"]
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
