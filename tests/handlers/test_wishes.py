"""提醒我: kept once, told in time, listed, stopped; never in a group, never for what has passed."""

import re
from datetime import datetime

import pytest
from sqlalchemy import Engine, select

from bot.answers.reminder_lines import notice
from bot.cli.plain import plain
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.links import Links
from bot.messages import Kind, Outcome
from bot.model.talk import Talk
from bot.reminders.stretches import Stretches
from bot.store.own_tables import WishRow
from bot.store.reminder_tables import FollowRow
from evaluation.case_files import read_cases
from tests.handlers.chat import Chat
from tests.handlers.whole_bot import OTHER, TEACHER, Bot, button, labels
from tests.source import ROOT
from tests.understand.plans import real_library, real_reader

UNSURE = "提醒我酷課師計畫期程搬桌子"
DUE = "cooc-teacher/111#report-deadline"


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """The bot about the real plans, in June 2022."""
    return Bot(Office(engine, handle, real_reader(), Links("https://bell.example.tw", "key")))


def queued(bot: Bot) -> list[tuple[str, str]]:
    """What is to be told, and when (Taipei's clock)."""
    stretches = Stretches(real_reader().edition)
    with bot.office.engine.connect() as db:
        rows = db.execute(select(FollowRow).order_by(FollowRow.at, FollowRow.stretch)).all()
    return [
        (f"{row.at.astimezone(bot.at.tzinfo):%m-%dT%H:%M}", plain(notice(stretch)))
        for row in rows
        if (stretch := stretches.find(row.stretch))
    ]


def wished(bot: Bot) -> int:
    with bot.office.engine.connect() as db:
        return len(db.execute(select(WishRow)).all())


ALL_DAYS = ["07-17T08:00", "07-24T08:00", "07-28T08:00", "07-30T08:00", "07-31T08:00"]


def test_a_date_that_a_sentence_names_is_told_two_weeks_before_until_the_day(bot: Bot) -> None:
    said = bot.say("提醒我酷課師函報截止")

    assert "111年7月28日 08:00、111年7月30日 08:00、111年7月31日 08:00提醒" in said
    assert [at for at, _ in queued(bot)] == ALL_DAYS
    assert all("學校函報截止：111年7月31日(日)" in words for _, words in queued(bot))


def test_the_date_that_the_talk_is_about_is_meant_by_the_bare_word(bot: Bot) -> None:
    bot.say("酷課師附件1什麼時候交")

    assert "好的，我會傳訊息提醒您：學校函報截止" in bot.say("提醒我")
    assert len(queued(bot)) == 5


def test_a_session_is_told_two_days_and_an_hour_before(bot: Bot) -> None:
    bot.send(TEACHER, Kind.POSTBACK, data="remind=cooc-teacher/111#sync-session")

    assert [at for at, _ in queued(bot)] == [
        "06-20T08:00", "06-22T12:30", "07-06T08:00", "07-08T12:30", "07-13T08:00", "07-15T12:30",
    ]  # fmt: skip


def test_both_days_are_told_where_the_document_gives_two(bot: Bot) -> None:
    bot.at = datetime.fromisoformat("2023-08-28T10:00+08:00")

    said = bot.say("數位社群報名截止前一天提醒我")

    assert "112年9月15日" in said
    assert [at for at, _ in queued(bot)] == [
        "09-01T08:00", "09-01T08:00", "09-05T08:00", "09-07T08:00", "09-08T08:00",
        "09-08T08:00", "09-12T08:00", "09-14T08:00", "09-15T08:00",
    ]  # fmt: skip


def test_wishing_twice_is_once(bot: Bot) -> None:
    for _ in range(2):
        bot.send(TEACHER, Kind.POSTBACK, data=f"remind={DUE}")

    assert wished(bot) == 1
    assert len(queued(bot)) == 5


def test_two_people_are_told_each(bot: Bot) -> None:
    for user in (TEACHER, OTHER):
        bot.send(user, Kind.POSTBACK, data=f"remind={DUE}")

    assert wished(bot) == 2
    assert len(queued(bot)) == 10


def test_what_has_passed_is_said_and_not_kept(bot: Bot) -> None:
    bot.at = datetime.fromisoformat("2022-08-01T10:00+08:00")

    said = plain(bot.send(TEACHER, Kind.POSTBACK, data=f"remind={DUE}"))

    assert "「學校函報截止」已經過了，沒有設定提醒" in said
    assert wished(bot) == 0


def test_on_the_last_day_it_is_said_that_it_is_too_near(bot: Bot) -> None:
    bot.at = datetime.fromisoformat("2022-07-31T10:00+08:00")

    said = plain(bot.send(TEACHER, Kind.POSTBACK, data=f"remind={DUE}"))

    assert "已經很近了，不再另外提醒" in said
    assert queued(bot) == []


def test_the_list_stops_one_and_it_may_be_wished_again(bot: Bot) -> None:
    bot.say("提醒我酷課師函報截止")
    listed = bot.ask("我的提醒")
    assert "學校函報截止" in plain(listed)
    stop = next(b for card in listed.cards for b in card.buttons if b.label == "不再提醒這項")

    stopped = plain(bot.press(stop))

    assert "「學校函報截止」不再提醒" in stopped
    assert wished(bot) == 0
    assert queued(bot) == []
    assert "接下來沒有要提醒您的日期" in bot.say("我的提醒")
    bot.say("提醒我酷課師函報截止")
    assert len(queued(bot)) == 5


def test_stopping_drops_nothing_of_others(bot: Bot) -> None:
    for user in (TEACHER, OTHER):
        bot.send(user, Kind.POSTBACK, data=f"remind={DUE}")

    stopped = plain(bot.send(TEACHER, Kind.POSTBACK, data=f"unremind={DUE}#"))

    assert "已取消「學校函報截止」的提醒" in stopped
    assert len(queued(bot)) == 5


@pytest.mark.parametrize(
    "data", ["remind=", "remind=x", "remind=cooc-teacher/111#no", "remind=a#b"]
)
def test_an_unknown_date_is_said(bot: Bot, data: str) -> None:
    said = plain(bot.send(TEACHER, Kind.POSTBACK, data=data))

    assert "這個日期已經不在計畫裡了" in said
    assert wished(bot) == 0


def test_in_a_group_nothing_is_kept(bot: Bot) -> None:
    group = {"chat_id": "Cgroup", "in_group": True, "mentioned": True}

    said = [
        bot.say("提醒我酷課師函報截止", **group),
        bot.say("我的提醒", **group),
        plain(bot.send(TEACHER, Kind.POSTBACK, data=f"remind={DUE}", **group)),
        plain(bot.send(TEACHER, Kind.POSTBACK, data=f"unremind={DUE}#", **group)),
    ]

    assert all("一對一聊天室" in one for one in said)
    assert wished(bot) == 0


def test_without_any_talk_it_is_asked_what_is_meant(bot: Bot) -> None:
    assert "請告訴我要提醒的是哪一個日期" in bot.say("提醒我")


def test_the_wish_waits_until_it_is_said_which_plan_is_meant(bot: Bot) -> None:
    asked = bot.ask("提醒我成果報告繳交")
    assert asked.outcome is Outcome.ASKED
    assert wished(bot) == 0

    chosen = bot.say("數位社群")

    assert "好的，我會傳訊息提醒您" in chosen
    kept = wished(bot)
    assert kept >= 1
    bot.say("數位社群審查結果什麼時候公告")  # the next question asks for no reminder
    assert wished(bot) == kept


def test_where_it_is_not_sure_the_date_is_only_offered(bot: Bot) -> None:
    answer = bot.ask(UNSURE)

    assert answer.outcome is Outcome.UNKNOWN
    assert wished(bot) == 0
    bot.press(button(answer, "提醒我這個日期"))
    assert wished(bot) == 1


def test_where_the_answer_has_no_date_the_nearest_one_is_offered(bot: Bot) -> None:
    answer = bot.ask("酷課師候選人要函報那個 前3天提醒我一下")

    assert "要提醒的是「學校函報截止：111年7月31日(日)」嗎？" in plain(answer)
    assert wished(bot) == 0
    bot.press(button(answer, "提醒我這個日期"))
    assert wished(bot) == 1


def test_my_page_is_opened_by_a_link_that_is_the_persons_own(bot: Bot) -> None:
    opened = button(bot.ask("我的頁面"), "開啟我的頁面")

    assert opened.url.startswith("https://bell.example.tw/p/")
    assert opened.url.endswith("/me")
    group = {"chat_id": "Cgroup", "in_group": True, "mentioned": True}
    assert "一對一" in bot.say("我的頁面", **group)
    assert "一對一" in bot.say("刪除我的資料", **group)


def test_no_question_of_the_cases_is_taken_for_something_else(real_chat: Chat) -> None:
    """Nothing asks for one's page or data; only what asks for a reminder is answered with one."""
    read = read_cases([ROOT / "tests" / "cases"], {e.plan for e in real_library().editions})
    said = {turn.say for case in read.cases for turn in case.turns if turn.say}
    near = sorted(s for s in said if re.search("提醒|刪除|我的|叫我|通知", s))
    with_reminder = set()

    for text in near:
        real_chat.talk = Talk()
        answer = real_chat.ask(text)
        assert "我的頁面" not in labels(answer)
        assert "刪除您在師鐘" not in plain(answer)
        if any("提醒｜" in card.title for card in answer.cards):
            with_reminder.add(text)

    assert len(near) > 30
    assert len(with_reminder) >= 8
    assert all(re.search("提醒我|叫我|提醒一下", text) for text in with_reminder)
