"""A contact asks how their school stands; everybody else hears how to become one."""

import pytest

from bot.line.render.answer import render
from bot.messages import Outcome
from bot.simulator.strict import body_problems
from bot.store.engine import open_engine
from bot.store.tables import OutboxRow
from tests.handlers.schools.contacts import (
    MARCH,
    ZHONGLUN,
    contact_bot,
    listed,
    tie,
)
from tests.handlers.whole_bot import TEACHER, Bot, button, labels
from tests.migrated import migrated

ASKED = ("我們學校交了嗎", "還缺什麼", "什麼時候要交", "誰還沒完成", "提醒老師", "上傳名冊")


@pytest.fixture
def bot(sqlite_url: str) -> Bot:
    engine = open_engine(sqlite_url)
    migrated(engine)
    return contact_bot(engine)


def notices(bot: Bot) -> list[OutboxRow]:
    with bot.office.engine.connect() as db:
        return list(db.execute(OutboxRow.__table__.select()).mappings())


@pytest.mark.parametrize("words", ASKED)
def test_a_contact_is_understood(bot: Bot, words: str) -> None:
    assert bot.ask(words).outcome is not Outcome.UNKNOWN


def test_counts_next_due_clause_and_way_of_handing_in(bot: Bot) -> None:
    answer = bot.ask("我們學校交了嗎")

    (mobile,) = [card for card in answer.cards if "行動學習" in card.title]
    assert mobile.lead == "逾期1、待繳10、未到期29"
    assert mobile.bars[0].words == "0／40件"
    assert "還有11天" in mobile.state
    assert any("進度表（第1次）：待繳3次（第1班、第2班、第3班）" in fact for fact in mobile.facts)
    assert "繳交方式：上傳，計畫網站" in mobile.facts
    assert mobile.sources


def test_one_thing_alone_is_answered_where_the_school_owes_it(bot: Bot) -> None:
    said = bot.say("教案交了沒")

    assert "教案（不限使用教育雲）：未到期3份" in said
    assert "進度表" not in said


def test_a_thing_that_the_school_does_not_owe_is_left_to_the_plans(bot: Bot) -> None:
    assert "開啟學校頁面" not in labels(bot.ask("午餐費交了嗎"))


@pytest.mark.parametrize("words", ["我們學校交了嗎", "誰還沒完成", "提醒老師", "上傳名冊"])
def test_whoever_is_no_contact_hears_how_to_become_one(bot: Bot, words: str) -> None:
    said = bot.say(words, "U-stranger")

    assert "邀請碼" in said
    assert "大直" not in said


def test_a_contact_of_two_schools_is_asked_which(bot: Bot) -> None:
    with bot.office.engine.begin() as db:
        tie(db, TEACHER, ZHONGLUN)

    asked = bot.ask("還缺什麼")
    said = str(bot.press(button(asked, "市立中崙高中")))

    assert "市立中崙高中｜" in said
    assert "市立大直高中｜" not in said


def test_names_of_who_is_not_done_with_what_is_missing(bot: Bot) -> None:
    listed(bot.office.engine, linked={"王小明": "U-wang"})
    listed(bot.office.engine, ZHONGLUN)

    said = bot.say("誰還沒完成")

    assert "還有3位沒完成" in said
    assert "陳美麗（未連結）：線上同步課程還差2門" in said
    assert "市立中崙高中" not in said


def test_one_tap_reminds_those_in_line_once_a_day(bot: Bot) -> None:
    listed(bot.office.engine, linked={"王小明": "U-wang"})
    asked = bot.ask("提醒老師")
    tap = button(asked, "提醒這1位")

    before = notices(bot)
    first, second = str(bot.press(tap)), str(bot.press(tap))

    assert "請當面提醒：林大同、陳美麗" in str(asked)
    assert before == []
    assert "已排定提醒1位：王小明" in first
    assert "今天已經提醒過：王小明" in second
    (notice,) = notices(bot)
    assert (notice["user_id"], notice["kind"].value) == ("U-wang", "nudge")
    assert "線上同步課程還差2門" in str(notice["answer"])


def test_at_night_the_reminder_waits_for_the_morning(bot: Bot) -> None:
    listed(bot.office.engine, linked={"王小明": "U-wang"})
    bot.at = MARCH.replace(hour=22)

    bot.press(button(bot.ask("提醒老師"), "提醒這1位"))

    (notice,) = notices(bot)
    assert notice["not_before"].isoformat().startswith("2018-03-20T23:00")  # 7:00 in Taipei


def test_a_teacher_who_stopped_reminders_is_left_alone(bot: Bot) -> None:
    listed(bot.office.engine, linked={"王小明": "U-wang"})
    bot.ask("不要再提醒", "U-wang")

    said = str(bot.press(button(bot.ask("提醒老師"), "提醒這1位")))

    assert "請當面說：王小明" in said
    assert notices(bot) == []


def test_an_old_button_reminds_nobody(bot: Bot) -> None:
    listed(bot.office.engine, linked={"王小明": "U-wang"})
    tap = button(bot.ask("提醒老師"), "提醒這1位")
    bot.at = MARCH.replace(hour=15)

    assert "較早的" in str(bot.press(tap))
    assert notices(bot) == []


def test_handing_over_says_what_the_school_still_owes(bot: Bot) -> None:
    assert "107國中小行動學習還沒交：逾期1、待繳10、未到期29" in str(bot.ask("承辦人異動"))


def test_line_takes_every_answer_to_a_contact(bot: Bot) -> None:
    listed(bot.office.engine, linked={"王小明": "U-wang"})
    told = (
        *ASKED,
        "教案交了3份",
        "B組社群成果報告交了",
        "第2班的心得交了",
        "剛剛說錯了",
        "教案交了沒",
    )

    answers = [bot.ask(words) for words in told]

    for words, answer in zip(told, answers, strict=True):
        body = {"replyToken": "t", "messages": render(answer)}
        assert list(body_problems("POST", "/v2/bot/message/reply", body)) == [], words
