"""Short replies: yes, no, not sure, a number, and what was meant instead."""

import pytest

from bot.understand.short_replies import Reply, corrected, hear_number, hear_reply
from bot.understand.small_talk import bare
from tests.understand.plans import first_turns, real_reader

FOLD = real_reader().fold


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("是", Reply.YES),
        ("有喔", Reply.YES),
        ("對啊！", Reply.YES),
        ("嗯嗯", Reply.YES),
        ("沒有", Reply.NO),
        ("不是耶", Reply.NO),
        ("還沒", Reply.NO),
        ("不確定", Reply.UNSURE),
        ("我也不知道", Reply.UNSURE),
        ("忘記了", Reply.UNSURE),
        ("有便當嗎", None),
        ("沒有交會怎樣", None),
        ("不知道要交給誰", None),
    ],
)
def test_a_reply_is_heard_only_where_it_is_the_whole_message(
    said: str, reply: Reply | None
) -> None:
    assert hear_reply(bare(FOLD(said))) is reply


@pytest.mark.parametrize("question", first_turns())
def test_no_real_question_is_a_short_reply(question: str) -> None:
    assert hear_reply(bare(FOLD(question))) is None
    assert hear_number(bare(FOLD(question))) == ""


@pytest.mark.parametrize(
    ("said", "number"),
    [("5", "5"), ("五位", "5"), ("大約30班", "30"), ("3 個人", "3"), ("第3個梯次是哪天", "")],
)
def test_a_bare_number_is_heard_with_or_without_its_unit(said: str, number: str) -> None:
    assert hear_number(bare(FOLD(said))) == number


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("不是啦我是問A組", "a組"),
        ("打錯了，是第一梯次", "第1梯次"),
        ("抱歉講錯 是跨校的", "跨校的"),
        ("更正，我問的是教師", "教師"),
        ("不對，B組才對", "b組才對"),
        ("不是本校教師可以嗎", ""),
        ("我是教師可以報名嗎", ""),
        ("打錯表格怎麼辦", "表格怎麼辦"),
    ],
)
def test_a_correction_is_told_from_a_question(said: str, meant: str) -> None:
    assert corrected(FOLD(said)) == FOLD(meant)
