"""Words that were a question for one are one for the next, unless something was said before."""

from collections.abc import Callable
from itertools import count

import pytest
from sqlalchemy import Engine

from bot.dispatch import Office
from bot.handlers import table
from bot.handlers.desk import Desk, Handled
from bot.handlers.table import handle
from bot.messages import Incoming
from bot.rounds import Rounds
from tests.handlers.whole_bot import OTHER, TEACHER, Bot
from tests.understand.plans import real_reader

ASKED = ("3", "我可以報名嗎", "酷課師幾月報名", "繼續檢查資格", "1", "酷課師要上幾小時", "謝謝")


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """The bot as people reach it, about the real plans."""
    return Bot(Rounds(Office(engine, handle, real_reader())))


def test_a_number_is_a_reply_for_whoever_was_asked_for_one(bot: Bot) -> None:
    for person in ("U-first", "U-second"):
        bot.say("3", person)
    for person in (TEACHER, OTHER):
        bot.say("我可以報名嗎", person)
        assert "哪一項資格" in bot.say("3", person)


def test_everybody_is_told_the_same(engine: Engine, bot: Bot) -> None:
    alone = Bot(Office(engine, handle, real_reader()), numbers=count(1000))
    for text in ASKED:
        said = {bot.say(text, f"U-{n}-{text}") for n in range(3)}
        assert said == {alone.say(text, f"U-alone-{text}")}


@pytest.mark.parametrize("before", ["酷課師要上幾小時", "社群補助多少錢", "附件2", "我可以報名嗎"])
def test_everybody_is_told_the_same_in_the_same_talk(engine: Engine, bot: Bot, before: str) -> None:
    alone = Bot(Office(engine, handle, real_reader()), numbers=count(1000))
    for text in (*ASKED, "我要表單", "下載附件2", "附件2", "申請表給我"):
        bot.say(text, f"U-first-{text}")
        for person, told in ((f"U-{text}", bot), (f"U-alone-{text}", alone)):
            told.say(before, person)
        assert bot.say(text, f"U-{text}") == alone.say(text, f"U-alone-{text}")


def test_what_is_remembered_has_a_bound(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "REMEMBERED", 2)
    for n, text in enumerate(ASKED * 2):
        bot.say(text, f"U{n}")

    assert len(table._questions(bot.office.office.reader)) <= 2


def test_the_handlers_before_a_question_are_tried_once_a_day(
    engine: Engine, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, tried = f"酷課師何時可以報名呢{engine.dialect.name}", list[str]()
    monkeypatch.setattr(table, "NO_QUESTIONS", (noting(tried),))
    for n in range(3):
        bot.say(asked, f"U{n}")
    bot.say(asked, "U0")  # the talk is about this now, and waits for nothing

    assert tried == [asked]


def noting(tried: list[str]) -> Callable[[Incoming, Desk], Handled | None]:
    def note(incoming: Incoming, _desk: Desk) -> None:
        tried.append(incoming.text)

    return note
