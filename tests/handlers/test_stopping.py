"""提醒我… of the one plan that is followed, and stopping a reminder by the name of its date."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from bot.cli.plain import plain
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.store.track_tables import EnrolmentRow
from tests.handlers.whole_bot import Bot
from tests.understand.plans import real_reader


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """A teacher on one track, who comes back the next day."""
    bot = Bot(Office(engine, handle, real_reader()))
    bot.say("加入酷課師認證")
    bot.say("取得證書要完成的事")
    bot.at += timedelta(days=1)
    return bot


def test_who_follows_one_plan_is_reminded_of_its_date(bot: Bot) -> None:
    said = bot.say("提醒我報名截止")

    assert "好的，我會傳訊息提醒您：課程報名截止" in said
    assert "高雄" not in said


def test_another_plan_that_is_named_is_meant(bot: Bot) -> None:
    said = bot.say("提醒我高雄數位社群報名截止")

    assert "高雄112" in said
    assert "課程報名截止" not in said


def test_a_reminder_is_stopped_by_its_name_and_the_track_goes_on(bot: Bot) -> None:
    bot.say("提醒我報名截止")

    said = bot.say("幫我取消報名提醒")

    assert "「課程報名截止」不再提醒" in said
    assert "不會取消您的報名" in said
    listed = bot.say("我的提醒")
    assert "課程報名截止" not in listed
    assert "學校函報截止" in listed
    with bot.office.engine.connect() as db:
        assert db.execute(select(EnrolmentRow.left_at)).scalars().all() == [None]


def test_where_several_are_named_so_it_is_asked_which(bot: Bot) -> None:
    bot.say("提醒我報名截止")
    bot.say("提醒我高雄數位社群報名截止")

    asked = bot.ask("取消報名提醒")

    assert "請按要停的那一個" in plain(asked)
    assert "課程報名截止" in plain(asked)
    assert "課程報名截止" in bot.say("我的提醒")


def test_what_nobody_set_is_said_and_in_a_group_nothing_is(bot: Bot) -> None:
    assert "您的提醒裡沒有「火星」" in bot.say("取消火星的提醒")
    group = {"chat_id": "C1", "in_group": True, "mentioned": True}
    assert "一對一" in bot.say("幫我取消報名提醒", **group)
