"""What was reported is taken back, or put right."""

import pytest

from bot.cli.plain import plain
from bot.messages import Button
from tests.handlers.whole_bot import OTHER, Bot, button


@pytest.mark.parametrize(
    "words", ["復原", "剛剛記錯了", "取消剛才的紀錄", "請幫我復原", "撤銷", "記錯了"]
)
def test_the_last_report_is_taken_back(gardener: Bot, words: str) -> None:
    gardener.ask("澆水看完了")
    gardener.ask("堆肥看完了")

    assert "堆肥入門" in gardener.say(words)
    left = gardener.say("我的進度")
    assert "澆水技巧（" in left
    assert "堆肥入門（" not in left


def test_a_button_takes_back_its_own_report_once(gardener: Bot) -> None:
    first = gardener.ask("澆水看完了")
    gardener.ask("堆肥看完了")

    assert "已復原" in plain(gardener.press(button(first, "復原")))
    assert "已經復原過了" in plain(gardener.press(button(first, "復原")))
    assert "選修影片：1／2門" in gardener.say("我的進度")


def test_what_was_taken_back_can_be_reported_again(gardener: Bot) -> None:
    gardener.ask("澆水看完了")
    gardener.ask("復原")

    assert "選修影片：1／2門" in gardener.say("澆水看完了")


def test_nobody_takes_back_what_another_reported(gardener: Bot) -> None:
    undo = button(gardener.ask("澆水看完了"), "復原")
    gardener.ask("我要加入菜園師認證的進度", OTHER)

    gardener.press(Button("復原", data=undo.data), OTHER)

    assert "選修影片：1／2門" in gardener.say("我的進度")


def test_without_a_report_nothing_is_taken_back(gardener: Bot) -> None:
    assert "沒有可以復原的紀錄" in gardener.say("復原")


@pytest.mark.parametrize(
    ("wrong", "better", "stands"),
    [
        ("澆水看完了", "不是，是堆肥", "堆肥入門（111年6月15日）"),
        ("昨天看完澆水了", "打錯了，是堆肥", "堆肥入門（111年6月14日）"),
        ("昨天辦了菜園說明", "不是，是6/13", "菜園說明1場（111年6月13日）"),
        ("菜園說明辦了1場", "不對，是2場", "菜園說明2場"),
    ],
)
def test_a_correction_takes_the_place_of_the_report(
    gardener: Bot, wrong: str, better: str, stands: str
) -> None:
    gardener.ask(wrong)

    assert "已更正" in gardener.say(better)
    left = gardener.say("我的進度")
    assert stands in left
    assert left.count("｜自行回報") == 1


def test_a_correction_that_cannot_be_leaves_the_report(gardener: Bot) -> None:
    gardener.ask("昨天辦了菜園說明")

    assert "還沒到" in gardener.say("不是，是7/20")
    assert "111年6月14日" in gardener.say("我的進度")


def test_after_another_question_a_correction_is_of_that_question(gardener: Bot) -> None:
    gardener.ask("澆水看完了")
    gardener.ask("菜園說明要幾場")

    gardener.ask("不是，是堆肥")

    assert "澆水技巧（" in gardener.say("我的進度")
