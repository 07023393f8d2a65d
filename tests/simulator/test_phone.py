"""What people do becomes events as LINE writes them, signed as LINE signs them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from bot.clock import TAIPEI
from bot.simulator.events import ulid
from bot.simulator.journal import Happened
from bot.simulator.page import GROUP_NAME
from bot.simulator.people import SAMPLE_PEOPLE, line_id
from bot.simulator.phone import Phone
from bot.simulator.platform import Platform
from bot.simulator.webhook import sign
from tests.simulator.stand_in import running, text

WANG = SAMPLE_PEOPLE[0].user_id
GROUP = line_id("C", GROUP_NAME)
AT = datetime(2022, 6, 15, 9, 0, tzinfo=TAIPEI)


class Bot:
    """Echoes texts, and remembers the events it was sent."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.platform = Platform()

    def __call__(self, event: dict[str, Any]) -> list[dict[str, Any]]:
        self.events.append(event)
        return [text(event["message"]["text"])] if "text" in event.get("message", {}) else []


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def phone(bot: Bot) -> Iterator[Phone]:
    """Phones that reach the bot."""
    with running(bot.platform, bot) as url:
        yield Phone(bot.platform, f"{url}/callback")


def test_the_official_example_is_signed_as_line_signs_it() -> None:
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'

    signature = sign("8c570fa6dd201bb328f1c1eac23a96d8", body)

    assert signature == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_what_is_said_is_answered_in_the_same_chat(phone: Phone, bot: Bot) -> None:
    done = phone.say(phone.spot(WANG, at=AT), "什麼時候截止？")

    assert done.posted.status == 200
    assert bot.platform.reply_to(done.reply_token) == [text("什麼時候截止？")]
    event = bot.events[0]
    assert event["timestamp"] == int(AT.timestamp() * 1000)
    assert event["source"] == {"type": "user", "userId": WANG}
    assert event["deliveryContext"] == {"isRedelivery": False}
    assert set(event["message"]) == {"type", "id", "text", "quoteToken", "markAsReadToken"}


def test_event_ids_are_of_26_characters_and_sort_by_time() -> None:
    later = ulid(AT.replace(hour=10))

    assert len(ulid(AT)) == 26
    assert ulid(AT) < later


def test_a_mention_counts_its_place_in_utf_16(phone: Phone, bot: Bot) -> None:
    phone.invite(phone.spot(WANG, GROUP))

    phone.say(phone.spot(WANG, GROUP), "截止？", mention=True)

    message = bot.events[-1]["message"]
    mentionee = message["mention"]["mentionees"][0]
    assert message["text"][: mentionee["length"]] == "@師鐘"
    assert mentionee["isSelf"]
    assert bot.events[-1]["source"] == {"type": "group", "groupId": GROUP, "userId": WANG}


def test_a_group_without_the_bot_tells_it_nothing(phone: Phone, bot: Bot) -> None:
    phone.say(phone.spot(WANG, GROUP), "你好")

    assert bot.events == []


def test_unfollowing_and_leaving_bring_no_reply_token(phone: Phone, bot: Bot) -> None:
    phone.invite(phone.spot(WANG, GROUP))
    phone.remove(phone.spot(WANG, GROUP))
    phone.unfollow(phone.spot(WANG))

    assert [event["type"] for event in bot.events] == ["join", "leave", "unfollow"]
    assert ["replyToken" in event for event in bot.events] == [True, False, False]


def test_a_block_that_is_lifted_says_so(phone: Phone, bot: Bot) -> None:
    phone.follow(phone.spot(WANG))
    phone.unfollow(phone.spot(WANG))
    phone.follow(phone.spot(WANG))

    assert [e.get("follow") for e in bot.events] == [
        {"isUnblocked": False},
        None,
        {"isUnblocked": True},
    ]


def test_a_redelivery_is_the_same_event_marked_as_such(phone: Phone, bot: Bot) -> None:
    phone.say(phone.spot(WANG), "您好")
    entries = bot.platform.journal.since(0)
    sent = next(entry for entry in entries if entry.kind is Happened.WEBHOOK)

    phone.redeliver(sent)

    first, again = bot.events
    assert again == {**first, "deliveryContext": {"isRedelivery": True}}


@pytest.mark.parametrize("kind", ["sticker", "image", "file", "location"])
def test_other_messages_are_sent_too(phone: Phone, bot: Bot, kind: str) -> None:
    phone.send(phone.spot(WANG), kind)

    assert bot.events[0]["message"]["type"] == kind


def test_a_bot_that_is_down_is_noted_and_not_an_error() -> None:
    platform = Platform(people=SAMPLE_PEOPLE)
    phone = Phone(platform, "http://127.0.0.1:9/callback")  # nothing listens on port 9

    done = phone.say(phone.spot(WANG), "您好")

    assert done.posted.status == 0
    assert "ConnectionRefusedError" in done.posted.error
