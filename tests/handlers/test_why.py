"""Every answer to a question says how it was found, in words that staff read."""

import ast

import pytest

from bot.messages import Outcome
from bot.understand.explained import WAYS, explain
from tests.handlers.chat import Chat
from tests.source import ROOT


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("共讀的說明會哪一天", "best"),
        ("工作坊的停車", "nearest"),
        ("共讀的工作坊會供餐嗎", "gap"),
        ("我可以參加共讀嗎", "verdict"),
        ("共讀5月有什麼事", "by day"),
        ("報名到什麼時候", "which plan"),
        ("114年度的共讀報名到什麼時候", "other year"),
        ("桃園市的晨間共讀什麼時候報名", "other place"),
        ("證書遺失補發", "nothing fits"),
        ("When is the deadline please", "another language"),
        ("我的密碼是abcd1234", "secret"),
    ],
)
def test_the_way_is_kept_with_every_answer(chat: Chat, text: str, way: str) -> None:
    answer = chat.ask(text)

    assert answer.outcome is not Outcome.CHAT
    assert answer.why.because == way
    assert explain(chat.reader, answer.why).way == WAYS[way]


def test_what_decided_is_kept_words_score_and_rivals(real_chat: Chat) -> None:
    why = real_chat.ask("酷課師認證什麼時候報名").why

    assert "報名" in why.words
    assert why.score > 0.5
    assert why.rivals
    assert all(score <= why.score for _, score in why.rivals)


def test_a_pressed_button_says_that_it_was_one(chat: Chat) -> None:
    assert chat.press("entry=reading/111#workshop").why.because == "button"


def test_every_way_that_a_handler_names_has_its_words() -> None:
    named = set()
    for path in (ROOT / "bot" / "handlers").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "because":
                named |= {c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant)}

    assert named
    assert named - set(WAYS) == set()
