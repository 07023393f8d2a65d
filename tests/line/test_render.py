"""Answers become messages that LINE takes, and nothing of what they say is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.line.limits import ALT_TEXT, MESSAGES, utf16
from bot.line.render.answer import all_messages, render
from bot.line.render.text import is_blank
from bot.messages import SILENCE, Answer, Button, Card, Row, Text, Tone
from bot.simulator.strict import body_problems
from tests.line.answers_of import answers, cards

CARD = Card(
    title="教師增能",
    lead="報名到 7/31(日) 為止。",
    facts=("線上報名", "名額 30 人"),
    state="還有12天",
    sources=("柒、一（三）", "捌"),
    document="111年實施計畫",
    buttons=(Button("提醒我", data="remind=1"), Button("看公告", url="https://example.tw/公告")),
)
many_forms = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def refusals(messages: list[dict[str, Any]]) -> list[str]:
    body = {"replyToken": "t", "messages": messages}
    return [str(problem) for problem in body_problems("POST", "/v2/bot/message/reply", body)]


def texts_in(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "text":
            yield node["text"]
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from texts_in(inner)


def bubbles_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    contents = message["contents"]
    return contents["contents"] if contents["type"] == "carousel" else [contents]


def squeezed(text: str) -> str:
    return "".join(text.replace("•", "").split())


def only(answer: Answer) -> dict[str, Any]:
    [message] = render(answer)
    assert refusals([message]) == []
    return message


@many_forms
@given(answers)
def test_line_takes_whatever_we_say(answer: Answer) -> None:
    messages = render(answer)

    assert len(messages) <= MESSAGES
    assert not messages or refusals(messages) == []


@many_forms
@given(cards)
def test_nothing_of_a_card_is_lost(card: Card) -> None:
    bubbles = [bubble for m in all_messages(Answer((card,))) for bubble in bubbles_of(m)]
    said = squeezed("".join(t for bubble in bubbles for t in texts_in(bubble.get("body"))))

    for words in (card.lead, *card.facts, *card.sources, card.document, card.state):
        assert is_blank(words) or squeezed(words) in said


def test_nothing_to_say_is_no_message() -> None:
    assert render(SILENCE) == []
    assert render(Answer((Text(" \n"), Card(title="", lead="")))) == []


def test_a_card_reads_from_title_to_keys() -> None:
    bubble = only(Answer((CARD,)))["contents"]

    assert list(texts_in(bubble)) == [
        "教師增能",
        "報名到 7/31(日) 為止。",
        "還有12天",
        "•",
        "線上報名",
        "•",
        "名額 30 人",
        "依據：《111年實施計畫》柒、一（三）；捌",
    ]
    assert [key["action"] for key in bubble["footer"]["contents"]] == [
        {"type": "postback", "label": "提醒我", "data": "remind=1", "displayText": "提醒我"},
        {"type": "uri", "label": "看公告", "uri": "https://example.tw/%E5%85%AC%E5%91%8A"},
    ]


def test_the_alt_text_says_the_same_as_the_card() -> None:
    assert only(Answer((CARD,)))["altText"].splitlines() == [
        "教師增能",
        "報名到 7/31(日) 為止。",
        "・線上報名",
        "・名額 30 人",
        "還有12天",
        "依據：《111年實施計畫》柒、一（三）；捌",
        "可選：提醒我／看公告",
    ]


def test_an_alt_text_that_is_too_long_says_where_the_rest_is() -> None:
    alt = only(Answer((Card(title="t", lead="長" * 3000),)))["altText"]

    assert utf16(alt) == ALT_TEXT
    assert alt.endswith("…（全文請見卡片）")


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_has_its_colour(tone: Tone) -> None:
    bubble = only(Answer((Card(title="t", lead="l", tone=tone),)))["contents"]

    assert bubble["header"]["backgroundColor"].startswith("#")


def test_tones_are_told_apart_by_colour() -> None:
    bubbles = [only(Answer((Card(title="t", lead="l", tone=t),)))["contents"] for t in Tone]

    assert len({bubble["header"]["backgroundColor"] for bubble in bubbles}) == len(Tone)


def test_a_row_is_a_carousel_of_at_most_twelve() -> None:
    row = Row(tuple(Card(title="t", lead=f"第{n}張") for n in range(30)))

    messages = render(Answer((row,)))

    assert refusals(messages) == []
    assert [len(message["contents"]["contents"]) for message in messages] == [12, 12, 6]


def test_a_carousel_that_would_be_too_large_goes_on_in_a_second() -> None:
    row = Row(tuple(Card(title="t", lead="長" * 3_000) for _ in range(4)))

    messages = render(Answer((row,)))

    assert refusals(messages) == []
    assert [len(message["contents"]["contents"]) for message in messages] == [2, 2]


def test_a_card_too_long_for_a_bubble_goes_on_beside_it() -> None:
    card = Card(title="很長", lead="長" * 6_000, buttons=CARD.buttons)

    bubbles = only(Answer((card,)))["contents"]["contents"]

    assert [next(texts_in(bubble)) for bubble in bubbles] == ["很長", "很長（續）"]
    assert ["footer" in bubble for bubble in bubbles] == [False, True]


def test_a_long_text_is_cut_where_one_pauses_and_whole_again() -> None:
    words = "一句話。" * 2_000

    messages = render(Answer((Text(words),)))

    assert "".join(message["text"] for message in messages) == words
    assert all(message["text"].endswith("。") for message in messages)


def test_what_does_not_fit_into_five_messages_is_announced() -> None:
    answer = Answer(tuple(Text(f"第{n}則") for n in range(8)), quick=(Button("好", say="好"),))

    messages = render(answer)

    assert [message["text"] for message in messages[:4]] == ["第0則", "第1則", "第2則", "第3則"]
    assert "還有 4 則" in messages[4]["text"]
    assert "quickReply" in messages[4]


def test_quick_replies_stand_under_the_last_message_only() -> None:
    quick = (Button("什麼時候截止", say="什麼時候截止？"), Button("A組", data="pick=a"))

    first, last = render(Answer((Text("一"), Text("二")), quick=quick))

    assert "quickReply" not in first
    assert [item["action"]["label"] for item in last["quickReply"]["items"]] == [
        "什麼時候截止",
        "A組",
    ]


def test_a_fourteenth_quick_reply_is_said_in_words() -> None:
    quick = tuple(Button(f"選項{n}", say=f"我要選項{n}") for n in range(15))

    messages = render(Answer((Text("請選"),), quick=quick))

    assert messages[-1]["text"] == "也可以直接輸入：我要選項13、我要選項14"
    assert len(messages[-1]["quickReply"]["items"]) == 13
    assert refusals(messages) == []


def test_a_label_that_is_too_long_is_shortened_visibly_and_shown_whole_when_pressed() -> None:
    label = "這是一個超過二十個字的快速回覆按鈕的標籤喔"
    message = only(Answer((Text("請選"),), quick=(Button(label, data="x"),)))

    action = message["quickReply"]["items"][0]["action"]

    assert action["label"] == label[:19] + "…"
    assert action["displayText"] == label


def test_a_key_that_line_would_refuse_is_text_instead() -> None:
    url = "https://example.tw/" + "a" * 1_000
    card = Card(title="t", lead="l", buttons=(Button("看", url=url), Button("x", url="ftp://x/")))

    bubble = only(Answer((card,)))["contents"]

    assert "footer" not in bubble
    assert f"看：{url}" in list(texts_in(bubble))
