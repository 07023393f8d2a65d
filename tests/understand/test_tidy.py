"""What carries nothing is taken out of a message, and only that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.tidy import closed_up
from tests.understand.dressing import AFTER, BEFORE
from tests.understand.plans import first_turns, real_reader

READER = real_reader()


@given(st.sampled_from(first_turns()), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_politeness_rudeness_and_marks_around_a_question_leave_the_same_question(
    question: str, before: str, after: str
) -> None:
    assert READER.key(f"{before}{question}{after}") == READER.key(question)


@given(st.sampled_from(first_turns()))
def test_a_picture_inside_a_question_changes_nothing(question: str) -> None:
    middle = len(question) // 2

    assert READER.key(f"{question[:middle]}✨{question[middle:]}") == READER.key(question)


@pytest.mark.parametrize(
    "text",
    [
        "謝謝！辛苦了",
        "期待您的回覆",
        "祝教安",
        "🙏🙏",
        "快點回答",
        "你這個白痴機器人",
        "。。。",
        "哈哈",
        "好的，了解",
    ],
)
def test_a_message_of_nothing_else_asks_nothing(text: str) -> None:
    assert READER.key(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "急件要怎麼送",
        "感謝狀誰發",
        "公告在哪裡",
        "好像要交照片",
        "在職證明要附嗎",
        "煩惱紀錄要寫嗎",
        "等第怎麼打",
    ],
)
def test_what_only_begins_like_an_aside_stays(text: str) -> None:
    assert len(READER.key(text)) >= len(text) - 2


def test_characters_that_all_stand_apart_are_joined() -> None:
    assert closed_up("那 組 照 片 要 幾 張") == "那組照片要幾張"
    assert closed_up("第2梯次 同步課程 幾點開始") == "第2梯次 同步課程 幾點開始"


def test_who_somebody_is_stays_to_be_heard_and_hardly_counts() -> None:
    key = READER.key("我是國小老師，照片要幾張")

    assert "國小" in key
    assert READER.tidy.intro_spans(key)


@given(st.text(max_size=80))
def test_tidying_twice_changes_nothing(text: str) -> None:
    once = READER.tidy(READER.fold(text))

    assert READER.tidy(once) in (once, READER.tidy(READER.tidy(once)))
