"""Somebody says where they teach: written down by their own word, changed, taken back."""

import pytest

from bot.messages import Kind
from bot.model.schools import Affiliation, SchoolRole
from bot.store import affiliations
from bot.store.school_tables import SchoolRow
from tests.handlers.whole_bot import OTHER, TEACHER, Bot, button, labels

DAZHI, DAZHI_ELEMENTARY, ZHONGLUN = "S00001", "S00009", "S00003"
ZHONGZHENG_IN_KAOHSIUNG = "S00012"


def ties(bot: Bot, user: str = TEACHER) -> list[Affiliation]:
    with bot.office.engine.connect() as db:
        return affiliations.schools_of(db, "default", user)


def codes(bot: Bot, user: str = TEACHER) -> list[str]:
    return [tie.school_code for tie in ties(bot, user)]


@pytest.mark.parametrize(
    "said",
    ["我是大直高中的老師", "我在大直高中", "我的學校是台北市立大直高級中學", "本校是大直高中"],
)
def test_a_school_that_is_surely_meant_is_written_down_unconfirmed(lite: Bot, said: str) -> None:
    answer = lite.say(said)

    assert "您在市立大直高中（臺北市中山區）任教" in answer
    (tie,) = ties(lite)
    assert (tie.school_code, tie.role, tie.confirmed) == (DAZHI, SchoolRole.TEACHER, False)


def test_rivals_are_offered_and_a_tap_decides(lite: Bot) -> None:
    answer = lite.ask("我是中正國小的老師")

    assert labels(answer) == ["中正區市立中正國小", "苓雅區市立中正國小"]
    assert codes(lite) == []
    lite.press(button(answer, "苓雅區市立中正國小"))
    assert codes(lite) == [ZHONGZHENG_IN_KAOHSIUNG]


def test_a_misspelt_name_is_asked_back(lite: Bot) -> None:
    answer = lite.ask("我是大值高中的老師")

    assert codes(lite) == []
    lite.press(button(answer, "中山區市立大直高中"))
    assert codes(lite) == [DAZHI]


def test_an_unknown_school_is_told_so_and_nothing_is_written(lite: Bot) -> None:
    assert "學校名單裡找不到「天龍國小」" in lite.say("我是天龍國小的老師")
    assert codes(lite) == []


def test_without_a_list_it_is_said_that_there_is_none(lite: Bot) -> None:
    with lite.office.engine.begin() as db:
        db.execute(SchoolRow.__table__.delete())

    assert "目前還沒有學校名單" in lite.say("我是大直高中的老師")


def test_another_school_takes_the_place_of_the_first(lite: Bot) -> None:
    lite.ask("我是大直高中的老師")

    said = lite.say("我調到中崙高中了")
    again = lite.say("我在中崙高中")

    assert "原本記的市立大直高中已經換掉" in said
    assert "已經記著" in again
    assert codes(lite) == [ZHONGLUN]


def test_changing_the_school_asks_for_the_name_and_takes_it_alone(lite: Bot) -> None:
    lite.ask("我是大直高中的老師")

    asked = lite.say("換學校")
    offered = lite.ask("大直")
    lite.press(button(offered, "中山區市立大直國小"))

    assert "請告訴我新學校的名稱" in asked
    assert codes(lite) == [DAZHI_ELEMENTARY]


def test_after_the_name_was_asked_for_a_question_is_still_a_question(lite: Bot) -> None:
    lite.ask("換學校")

    assert "說書" in lite.say("說書工作坊什麼時候")
    assert codes(lite) == []


@pytest.mark.parametrize("said", ["我不在大直高中了", "我不在這間學校了", "刪除我的學校"])
def test_leaving_ends_the_tie(lite: Bot, said: str) -> None:
    lite.ask("我是大直高中的老師")

    assert "不再記著您在市立大直高中任教" in lite.say(said)
    assert codes(lite) == []
    assert "本來就沒有記下" in lite.say(said)


def test_the_school_that_is_known_is_shown_and_forgotten_by_a_tap(lite: Bot) -> None:
    lite.ask("我是大直高中的老師")

    shown = lite.ask("我的學校")
    lite.press(button(shown, "不用記"))

    assert "市立大直高中（臺北市中山區）：教師" in str(shown)
    assert "目前沒有記下您的學校" in lite.say("我的學校")


def test_in_a_group_nothing_is_written_down(lite: Bot) -> None:
    said = lite.say("我是大直高中的老師", chat_id="G", in_group=True, mentioned=True)

    assert "一對一聊天室" in said
    assert codes(lite) == []


@pytest.mark.parametrize("data", ["school=S9999", "school=", "unschool=S00001", "school=' OR 1=1"])
def test_a_button_of_no_school_changes_nothing(lite: Bot, data: str) -> None:
    lite.ask("我是中崙高中的老師")

    from_button = lite.send(TEACHER, Kind.POSTBACK, data=data)

    assert "沒有更動" in str(from_button)
    assert codes(lite) == [ZHONGLUN]


def test_somebody_elses_school_is_theirs(lite: Bot) -> None:
    lite.ask("我是大直高中的老師")
    lite.ask("我在中崙高中", OTHER)
    lite.ask("我不在中崙高中了", OTHER)

    assert codes(lite) == [DAZHI]


@pytest.mark.parametrize("said", ["我在大安", "我是國小老師", "我在等公文", "中山女中可以報名嗎"])
def test_what_names_no_school_of_the_writers_is_left_to_the_plans(lite: Bot, said: str) -> None:
    lite.ask(said)

    assert codes(lite) == []
    assert "我的學校" not in lite.say(said)
