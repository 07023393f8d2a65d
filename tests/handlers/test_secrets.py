"""What people should not have sent is neither said back nor kept in the talk."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.cli.plain import plain
from bot.messages import Outcome
from bot.understand.reader import Reader
from tests.handlers.chat import Chat
from tests.understand.id_numbers import id_number

ASKED = st.sampled_from(
    [
        "共讀報名到什麼時候",
        "我可以參加共讀嗎",
        "火星怎麼去",
        "報名到什麼時候",
        "幫我登入",
        "",
        "你好",
    ]
)


def digits(text: str) -> str:
    """What is left of a text when nothing but its digits is read, in any width."""
    return "".join(str(int(c)) for c in text if c.isdecimal())


@given(asked=ASKED, number=id_number(), after=st.booleans())
@settings(max_examples=60)
def test_no_answer_and_no_talk_ever_holds_an_id_number_that_was_sent(
    reader: Reader, db: Connection, asked: str, number: str, after: bool
) -> None:
    chat = Chat(reader, db)
    answer = chat.ask(f"{asked}，{number}" if after else f"{number} {asked}")
    kept: Any = (plain(answer), str(chat.talk.to_plain()), str(answer.why))

    assert [text for text in kept if digits(number) in digits(text)] == []
    assert answer.parts


@pytest.mark.parametrize("question", ["共讀報名到什麼時候", "火星怎麼去", "登不進去"])
def test_a_password_is_not_said_back(chat: Chat, question: str) -> None:
    said = chat.say(f"我的密碼是hunter2abc，{question}")

    assert "hunter2abc" not in said + str(chat.talk)
    assert "密碼" in said  # the warning


def test_beside_an_id_number_the_question_is_answered_with_a_warning(chat: Chat) -> None:
    answer = chat.ask("我的身分證是A123456789，共讀報名到什麼時候")

    assert answer.outcome is Outcome.ANSWERED
    assert "身分證字號" in plain(answer)
    assert "7月6日" in plain(answer)


def test_an_id_number_alone_is_told_off_gently_and_leaves_the_talk(chat: Chat) -> None:
    chat.ask("共讀的說明會哪一天")
    before = chat.talk
    answer = chat.ask("A123456789")

    assert answer.outcome is Outcome.UNKNOWN
    assert chat.talk == before


def test_a_pasted_notice_is_not_answered_at_random(chat: Chat) -> None:
    notice = "轉知臺中市政府教育局公告，各校應依說明辦理並於期限內完成填報，逾期不予受理。" * 6

    assert chat.ask(notice).outcome is Outcome.UNKNOWN
