"""Words that open the pages of checks and estimates; questions about them stay questions."""

from datetime import datetime

import pytest

from bot.handlers.checking import ONE_TO_ONE, open_checks
from bot.handlers.desk import Desk
from bot.handlers.staff_desk import NO_PAGES
from bot.links import Links
from bot.messages import Button, Card, Incoming, Kind, Row, Text
from bot.model.talk import Talk
from tests.understand.plans import real_reader

SEPTEMBER = datetime.fromisoformat("2023-09-01T09:00+08:00")
LINKS = Links("https://bell.example.tw", "a key of a test's own")


def desk(links: Links | None = LINKS) -> Desk:
    return Desk(db=None, reader=real_reader(), talk=Talk(), links=links)  # type: ignore[arg-type]


def incoming(text: str, **own: object) -> Incoming:
    usual = {"kind": Kind.TEXT, "at": SEPTEMBER, "channel_id": "default", "chat_id": "U1"}
    return Incoming(**{"event_id": "E1", "user_id": "U1", "text": text, **usual, **own})  # type: ignore[arg-type]


def buttons(text: str) -> list[Button]:
    handled = open_checks(incoming(text), desk())
    if handled is None:
        return []
    part = handled.answer.parts[0]
    cards = part.cards if isinstance(part, Row) else (part,)
    return [b for card in cards if isinstance(card, Card) for b in card.buttons]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("檢查經費表", ["digital-community/112/budget"]),
        ("請幫我檢查經費表", ["digital-community/112/budget"]),
        ("檢查活動計畫", ["digital-community/112/activities"]),
        ("社群計畫檢查", ["digital-community/112/activities", "digital-community/112/budget"]),
        (
            "經費試算",
            [
                "mobile-learning/107/estimates/school-budget",
                "digital-community/112/estimates/shares",
            ],
        ),
        (
            "我想試算經費",
            [
                "mobile-learning/107/estimates/school-budget",
                "digital-community/112/estimates/shares",
            ],
        ),
    ],
)
def test_words_open_the_pages_that_they_name(text: str, paths: list[str]) -> None:
    found = [b.url.partition("/checks/")[2] for b in buttons(text)]

    assert sorted(found) == sorted(paths)


@pytest.mark.parametrize(
    "text", ["經費表要填什麼", "經費表要會計主任蓋章嗎", "檢查經費表要多久", "膳費可以編多少", ""]
)
def test_a_question_is_left_to_be_answered(text: str) -> None:
    assert open_checks(incoming(text), desk()) is None


def test_a_group_gets_no_link_of_anybody() -> None:
    handled = open_checks(incoming("檢查經費表", in_group=True, mentioned=True), desk())

    assert handled
    assert handled.answer.parts == (Text(ONE_TO_ONE),)


def test_where_there_are_no_pages_that_is_said() -> None:
    handled = open_checks(incoming("檢查經費表"), desk(links=None))

    assert handled
    assert handled.answer.parts == (Text(NO_PAGES),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("經費試算", "填數字就可以試算"),
        ("檢查經費表", "填寫或上傳檔案就可以檢查"),
    ],
)
def test_only_what_takes_a_file_says_so(text: str, says: str) -> None:
    handled = open_checks(incoming(text), desk())

    assert handled is not None
    part = handled.answer.parts[0]
    card = part.cards[0] if isinstance(part, Row) else part
    assert isinstance(card, Card)
    assert says in card.lead
