"""未繳名單: staff see which schools owe what is due; nobody else does."""

import pytest
from sqlalchemy import Engine

from bot.dispatch import Office
from bot.handlers.table import handle
from bot.links import Links
from bot.messages import Answer
from bot.store import people
from bot.store.engine import open_engine
from bot.store.people import Role
from tests.handlers.schools.contacts import ADDRESS, KEY, MARCH, contact_bot
from tests.handlers.whole_bot import CLERK, TEACHER, Bot
from tests.migrated import migrated
from tests.understand.plans import real_reader

WORD = "未繳名單"


@pytest.fixture
def bot(sqlite_url: str) -> Bot:
    """Two schools with a contact each, and a member of staff."""
    engine = open_engine(sqlite_url)
    migrated(engine)
    made = contact_bot(engine)
    with engine.begin() as db:
        people.see(db, "default", CLERK, MARCH)
        people.give_role(db, "default", CLERK, Role.STAFF)
    return made


def of_plan(answer: Answer, plan: str) -> str:
    """What the card of this plan says."""
    return next(str(card) for card in answer.cards if plan in card.title)


def test_each_plan_says_which_schools_owe_and_leads_to_all_of_it(bot: Bot) -> None:
    said = bot.ask(WORD, CLERK)

    mobile = of_plan(said, "行動學習")
    assert "2所學校還有沒交的" in mobile
    assert "市立大直高中：逾期1、待繳10" in mobile
    assert f"{ADDRESS}/console/submissions/mobile-learning/107/reminding" in mobile


def test_what_was_handed_in_is_counted_no_more(bot: Bot) -> None:
    before = of_plan(bot.ask(WORD, CLERK), "行動學習")
    bot.ask("第1班的進度表交了", TEACHER)
    after = of_plan(bot.ask("哪些學校還沒繳", CLERK), "行動學習")

    assert before != after


def test_nobody_but_staff_sees_other_schools(bot: Bot) -> None:
    said = bot.say(WORD, TEACHER) + bot.say(WORD, "U-stranger")

    assert "中崙" not in said
    assert "所學校還有沒交的" not in said


def test_without_schools_that_take_part_it_says_where_they_come_from(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    migrated(engine)
    lone = bot_without_schools(engine)

    assert "匯入參與計畫的學校" in lone.say(WORD, CLERK)


def bot_without_schools(engine: Engine) -> Bot:
    with engine.begin() as db:
        people.see(db, "default", CLERK, MARCH)
        people.give_role(db, "default", CLERK, Role.STAFF)
    return Bot(Office(engine, handle, real_reader(), Links(ADDRESS, KEY)), at=MARCH)
