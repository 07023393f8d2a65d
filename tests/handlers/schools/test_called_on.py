"""回報 in a broadcast: asks how many came; a tap alone writes nothing down."""

import pytest

from bot.messages import Answer, Button
from bot.model.submission import Tally
from bot.store.engine import open_engine
from tests.handlers.schools.contacts import ZHONGLUN, contact_bot, kept, tie
from tests.handlers.whole_bot import TEACHER, Bot, button, labels
from tests.migrated import migrated

MOBILE = "mobile-learning/107"


@pytest.fixture
def bot(sqlite_url: str) -> Bot:
    engine = open_engine(sqlite_url)
    migrated(engine)
    return contact_bot(engine)


def called(bot: Bot, owed: str, user: str = TEACHER, edition: str = MOBILE) -> Answer:
    """What the button of a broadcast leads to."""
    return bot.press(Button("回報繳交", data=f"report={edition}#{owed}"), user)


def test_the_button_asks_and_only_the_answer_is_written_down(bot: Bot) -> None:
    asked = called(bot, "progress-sheet")
    before = kept(bot)
    said = str(bot.press(button(asked, "交了1次")))

    assert before == {}
    assert "進度表」交了嗎" in str(asked)
    assert "進度表（第1次）：1次" in said
    assert list(kept(bot).values()) == [Tally(sent=1)]


def test_all_that_is_asked_for_is_one_tap_and_then_nothing_is_left_to_report(bot: Bot) -> None:
    asked = called(bot, "lesson-with-cloud")
    whole = next(label for label in labels(asked) if label.endswith("都交了"))
    bot.press(button(asked, whole))
    again = called(bot, "lesson-with-cloud")

    assert sum(tally.sent for tally in kept(bot).values()) == int(whole[0])
    assert "都回報過了" in str(again)


def test_not_yet_changes_nothing(bot: Bot) -> None:
    said = str(bot.press(button(called(bot, "progress-sheet"), "還沒交")))

    assert "沒有更動" in said
    assert kept(bot) == {}


def test_whoever_is_no_contact_learns_how_to_become_one(bot: Bot) -> None:
    assert "邀請碼" in str(called(bot, "progress-sheet", "U-somebody"))


def test_a_contact_of_two_schools_is_asked_which(bot: Bot) -> None:
    with bot.office.engine.begin() as db:
        tie(db, TEACHER, ZHONGLUN)

    asked = called(bot, "progress-sheet")
    of_one = bot.press(button(asked, "市立中崙高中"))

    assert labels(asked) == ["市立大直高中", "市立中崙高中"]
    assert "市立中崙高中的「進度表」交了嗎" in str(of_one)


@pytest.mark.parametrize("target", ["progress-sheet-of-nobody", "", "a|b|c"])
def test_what_the_school_does_not_owe_is_not_reported(bot: Bot, target: str) -> None:
    assert "沒有這一項" in str(called(bot, target))
    assert kept(bot) == {}
