"""我的提醒: what is coming and why, how one is reminded, days of one's own school, the buttons."""

from datetime import datetime

import pytest
from sqlalchemy import Engine, select

from bot.cli.plain import plain
from bot.clock import TAIPEI
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.links import Links
from bot.messages import Kind
from bot.store.reminder_tables import FollowRow, PreferenceRow
from tests.handlers.whole_bot import TEACHER, Bot, labels
from tests.understand.plans import real_reader

DUE = "cooc-teacher/111#report-deadline"


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """The bot about the real plans, in June 2022."""
    return Bot(Office(engine, handle, real_reader(), Links("https://bell.example.tw", "key")))


def told(bot: Bot) -> list[str]:
    """When the teacher is to be told something (Taipei's clock)."""
    with bot.office.engine.connect() as db:
        rows = db.scalars(select(FollowRow.at).order_by(FollowRow.at)).all()
    return [f"{at.astimezone(TAIPEI):%m-%dT%H:%M}" for at in rows]


def wish(bot: Bot) -> None:
    bot.send(TEACHER, Kind.POSTBACK, data=f"remind={DUE}")


def test_what_is_coming_is_listed_with_its_reason(bot: Bot) -> None:
    wish(bot)

    answer = bot.ask("我的提醒")

    assert [len(section.lines) for section in answer.cards[0].sections] == [1] * 5
    assert "◆ 111年7月17日(日)\n・學校函報截止：111年7月31日(日)（08:00提醒，" in plain(answer)
    assert "您要我提醒的" in plain(answer)
    assert "不打擾：21:00到07:00" in plain(answer)
    assert "不要再提醒" in labels(answer)


def test_a_long_list_is_told_by_day_and_each_line_can_be_dealt_with(bot: Bot) -> None:
    wish(bot)
    for date in ("sync-session", "sync-sign-up"):
        bot.send(TEACHER, Kind.POSTBACK, data=f"remind=cooc-teacher/111#{date}")
    bot.at = datetime.fromisoformat("2022-07-14T07:30+08:00")

    answer = bot.ask("我的提醒")
    sections = [section for card in answer.cards for section in card.sections]
    line = next(x for section in sections for x in section.lines if "函報" in x.text)
    assert line.button
    shown = bot.press(line.button)

    assert [s.heading for s in sections][:2] == ["明天，111年7月15日(五)", "111年7月17日(日)"]
    assert labels(shown) == ["完成了", "晚點提醒", "不再提醒這項"]
    assert "「學校函報截止」不再提醒" in plain(bot.press(shown.cards[0].buttons[2]))
    assert "函報" not in plain(bot.ask("我的提醒"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("提醒時間改成晚上7點", ["07-17T19:00", "07-24T19:00", "07-28T19:00", "07-30T19:00",
                             "07-31T19:00"]),
        ("截止前5天提醒我", ["07-26T08:00"]),
        ("截止前7天、1天提醒我", ["07-24T08:00", "07-30T08:00"]),
        ("每週一次就好", ["07-11T08:00", "07-18T08:00", "07-25T08:00"]),
        ("暫停提醒到7月29日", ["07-29T08:00", "07-30T08:00", "07-31T08:00"]),
        ("不要再提醒", []),
    ],
)  # fmt: skip
def test_words_set_how_one_is_reminded(bot: Bot, words: str, expected: list[str]) -> None:
    wish(bot)

    assert "已經改了" in bot.say(words)

    assert told(bot) == expected
    bot.say("恢復提醒")
    assert told(bot) != []


def test_an_hour_in_the_quiet_hours_is_refused_with_its_cure(bot: Bot) -> None:
    wish(bot)
    before = told(bot)

    assert "在不打擾的時間（21:00到07:00）裡，沒有更動" in bot.say("提醒時間改成晚上10點")
    assert told(bot) == before
    assert "已經改了" in bot.say("晚上11點後不要吵我")
    assert "已經改了" in bot.say("提醒時間改成晚上10點")
    assert told(bot)[0] == "07-17T22:00"


def test_words_that_ask_for_something_else_set_nothing(bot: Bot) -> None:
    for words in (
        "系統幾點提醒",
        "酷課師報名截止前5天提醒我",
        "明天早上九點提醒我",
        "一週要上幾次課",
    ):
        bot.say(words)

    with bot.office.engine.connect() as db:
        assert db.execute(select(PreferenceRow)).all() == []


def test_in_a_group_nothing_is_set(bot: Bot) -> None:
    group = {"chat_id": "Cgroup", "in_group": True, "mentioned": True}

    said = [bot.say(w, **group) for w in ("我的提醒", "不要再提醒", "學習成果勾選截止7月20日")]

    assert all("一對一聊天室" in one for one in said)
    assert told(bot) == []


def test_a_school_says_its_own_cut_off_and_is_reminded_as_the_setting_has_it(bot: Bot) -> None:
    bot.at = datetime.fromisoformat("2022-05-01T10:00+08:00")

    said = bot.say("我們學校學習成果勾選截止是5月20日")

    assert "已記下貴校的「學習成果勾選截止」：111年5月20日(五)" in said
    assert "依據：通知學生勾選的天數" in said
    assert told(bot) == ["05-17T08:00"]
    bot.say("學習成果勾選截止5月25日，提前5天提醒我")
    assert told(bot) == ["05-20T08:00"]


def test_what_is_not_certified_is_told_at_the_hour_that_the_school_set_or_not_at_all(
    bot: Bot,
) -> None:
    bot.at = datetime.fromisoformat("2022-05-01T10:00+08:00")

    assert "目前沒有要提醒的時間" in bot.say("學習成果認證截止5月20日")
    assert told(bot) == []
    bot.say("學習成果認證截止5月20日，每天17點提醒")

    assert told(bot) == [f"05-{day}T17:00" for day in range(13, 21)]


@pytest.mark.parametrize("words", ["學習成果勾選截止是什麼時候", "學習歷程5月20日有什麼"])
def test_a_question_about_such_a_day_is_no_telling(bot: Bot, words: str) -> None:
    bot.say(words)

    assert told(bot) == []


def test_the_buttons_of_a_reminder_do_what_they_say(bot: Bot) -> None:
    wish(bot)
    bot.at = datetime.fromisoformat("2022-07-25T09:00+08:00")
    listed = bot.ask("我的提醒")
    key = button_data(listed)

    later = plain(bot.send(TEACHER, Kind.POSTBACK, data=f"later={key}"))

    assert "111年7月26日 08:00再提醒您" in later
    assert "07-26T08:00" in told(bot)
    assert "不再提醒" in plain(bot.send(TEACHER, Kind.POSTBACK, data=f"mute={key}"))
    assert told(bot) == []
    assert "不在計畫裡" in plain(bot.send(TEACHER, Kind.POSTBACK, data="mute=x"))


def button_data(listed: object) -> str:
    card = listed.cards[0]  # type: ignore[attr-defined]
    return next(b.data for b in card.buttons if b.label == "完成了").partition("=")[2]


def test_too_near_to_put_off_is_said(bot: Bot) -> None:
    wish(bot)
    bot.at = datetime.fromisoformat("2022-07-31T09:00+08:00")

    said = plain(bot.send(TEACHER, Kind.POSTBACK, data=f"later={DUE}##0"))

    assert "到明天就過了" in said
