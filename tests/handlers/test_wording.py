"""How politely, widely or loosely a question is put changes nothing about its answer."""

from datetime import datetime

import pytest
from sqlalchemy import Connection

from bot.messages import Answer
from tests.handlers.chat import Chat, cards
from tests.understand.plans import real_library, real_reader

FIRST = [
    (example.at, example.turns[0].say)
    for edition in real_library().editions
    for example in edition.examples
]
SAMPLE = FIRST[::5]
QUESTIONS = pytest.mark.parametrize(("at", "text"), SAMPLE, ids=[text for _, text in SAMPLE])


def ask(db: Connection, at: datetime, text: str) -> Answer:
    return Chat(real_reader(), db, at).ask(text)


def first_line(answer: Answer) -> str:
    """What the answer says first: a date and the conflict about it say the same."""
    return cards(answer)[0].lead


def wide(text: str) -> str:
    """The text with its letters, digits and signs in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@QUESTIONS
def test_politeness_and_punctuation_do_not_change_the_answer(
    db: Connection, at: datetime, text: str
) -> None:
    said = first_line(ask(db, at, text))
    ways = [
        f"請問{text}",
        f"不好意思，{text}",
        f"老師好，請問{text}？謝謝",
        f"{text}？",
        f"{text}！！",
        f"  {text} ",
        f"{text}\n",
        f"您好，想請問一下{text}，謝謝您",
    ]

    assert [w for w in ways if first_line(ask(db, at, w)) != said] == []


@QUESTIONS
def test_width_and_case_do_not_change_the_answer(db: Connection, at: datetime, text: str) -> None:
    plain = ask(db, at, text)

    assert ask(db, at, wide(text)).parts == plain.parts
    assert ask(db, at, text.upper()).parts == plain.parts


@QUESTIONS
def test_the_same_question_has_the_same_answer(db: Connection, at: datetime, text: str) -> None:
    assert ask(db, at, text) == ask(db, at, text)


@QUESTIONS
def test_what_is_answered_names_its_plan_and_clause(
    db: Connection, at: datetime, text: str
) -> None:
    answer = ask(db, at, text)

    assert bool(answer.why.entry) <= bool(answer.sources)
