"""A track is joined by words or a button, once; leaving it keeps what was done."""

import pytest

from bot.cli.plain import plain
from bot.messages import Button
from tests.handlers.whole_bot import OTHER, Bot, button, labels


@pytest.mark.parametrize(
    "words",
    ["我要加入菜園師認證的進度", "追蹤菜園師認證的進度", "想加入菜園師認證", "加入菜園師認證進度"],
)
def test_words_that_name_a_track_join_it(bot: Bot, words: str) -> None:
    assert "已加入「菜園師認證」" in bot.say(words)
    assert "菜園師認證：已完成0／3項" in bot.say("我的進度")


@pytest.mark.parametrize("words", ["那我想加入看看", "好，我要加入", "加入吧"])
def test_wanting_to_join_without_saying_what_is_asked_which_track(bot: Bot, words: str) -> None:
    assert "要加入哪一項的進度？" in bot.say(words)


def test_the_button_on_the_card_of_a_track_joins_it(bot: Bot) -> None:
    card = bot.ask("菜園師認證要做什麼")

    said = bot.press(button(card, "加入我的進度"))

    assert "已加入「菜園師認證」" in plain(said)


def test_joining_twice_is_once(gardener: Bot) -> None:
    again = gardener.say("我要加入菜園師認證的進度")

    assert "您先前已經加入了「菜園師認證」" in again
    assert gardener.say("我的進度").count("菜園師認證：已完成") == 1


def test_where_several_tracks_fit_it_is_asked_which(bot: Bot) -> None:
    answer = bot.ask("加入我的進度")

    assert labels(answer) == ["菜園師認證", "學校應辦事項", "班級應交資料"]
    assert "已加入「學校應辦事項」" in bot.say("2")


def test_a_class_says_its_group_and_its_name_and_can_have_a_neighbour(bot: Bot) -> None:
    asked = bot.ask("加入班級應交資料的進度")
    assert labels(asked) == ["A組", "B組"]
    assert "請告訴我是哪一個班級" in plain(bot.press(button(asked, "A組")))
    assert "班級應交資料（5年1班）：已完成0／1項" in bot.say("5年1班")

    bot.ask("加入班級應交資料的進度")
    bot.ask("B組")
    bot.ask("5年2班")

    assert "▱▱▱▱▱ 教案：0／5份" in bot.say("5年2班的進度")
    assert "▱▱▱ 教案：0／3份" in bot.say("5年1班的進度")
    assert "5年2班" not in bot.say("5年1班的進度")


def test_a_group_that_is_said_is_not_asked_for(bot: Bot) -> None:
    assert "請告訴我是哪一個班級" in bot.say("加入班級應交資料B組的進度")
    assert "教案：0／5份" in bot.say("5年3班")


def test_a_report_of_one_class_is_written_for_that_class(bot: Bot) -> None:
    for group, name in (("A組", "5年1班"), ("A組", "5年2班")):
        bot.ask("加入班級應交資料的進度")
        bot.ask(group)
        bot.ask(name)

    unnamed = bot.ask("教案交了2份")
    named = bot.say("5年2班教案交了3份")

    assert labels(unnamed)[:2] == ["班級應交資料（5年1班）", "班級應交資料（5年2班）"]
    assert "班級應交資料（5年2班）" in named
    assert "教案：3／3份" in named
    assert "教案：0／3份" in bot.say("5年1班的進度")


def test_leaving_is_confirmed_and_a_return_finds_what_was_done(gardener: Bot) -> None:
    gardener.ask("澆水技巧看完了")
    asked = gardener.ask("退出菜園師認證的進度")

    assert "確定要退出" in plain(asked)
    assert "菜園師認證" in gardener.say("我的進度")
    assert "已退出" in plain(gardener.press(button(asked, "退出")))
    assert "您還沒有加入任何進度" in gardener.say("我的進度")
    assert "選修影片：1／2門" in gardener.say("我要加入菜園師認證的進度")


def test_leaving_can_be_declined(gardener: Bot) -> None:
    gardener.ask("退出菜園師認證的進度")

    assert "沒有退出" in gardener.say("先不要")
    assert "菜園師認證" in gardener.say("我的進度")


@pytest.mark.parametrize("data", ["join=", "join=x", "join=garden/111#none", "join=a/b#c&z=1"])
def test_an_old_button_is_told_to_be_of_no_use(bot: Bot, data: str) -> None:
    assert "已經用不了" in plain(bot.press(Button("舊", data=data)))


@pytest.mark.parametrize("name", ["did", "pick", "missed", "leave"])
def test_somebody_elses_button_does_nothing(gardener: Bot, name: str) -> None:
    data = f"{name}=garden/111#gardener&r=videos/water&p=lessons/soil/course=soil;round=2&yes"

    said = gardener.press(Button("別人的", data=data), OTHER)

    assert "已經用不了" in plain(said)
    assert "選修影片：0／2門" in gardener.say("我的進度")


@pytest.mark.parametrize("words", ["我的進度", "加入我的進度", "退出菜園師認證的進度"])
def test_in_a_group_nothing_about_a_person_is_said(gardener: Bot, words: str) -> None:
    said = gardener.say(words, chat_id="G", in_group=True, mentioned=True)

    assert "一對一" in said
    assert "菜園師認證：" not in said


def test_in_a_group_nothing_is_written(gardener: Bot) -> None:
    gardener.ask("澆水技巧看完了", chat_id="G", in_group=True, mentioned=True)

    assert "選修影片：0／2門" in gardener.say("我的進度")
