"""What is done is reported in a sentence or with a tap, counted as the plan counts, once."""

import pytest

from bot.cli.plain import plain
from tests.handlers.whole_bot import Bot, button, labels

ALL_THERE = "澆水、蟲害、堆肥都看完了"


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("我看完澆水技巧了", "選修影片：1／2門"),
        ("澆水跟防蟲都看完了", "選修影片：2／2門"),
        ("校內說明辦了一場", "菜園說明：1／1場"),
        ("昨天辦了菜園說明", "菜園說明1場（111年6月14日）"),
        ("6/8上完土壤實作", "土壤實作（111年6月8日）"),
        ("上週三上完土壤實作", "土壤實作（111年6月8日）"),
        ("111/6/8上完土壤", "土壤實作（111年6月8日）"),
        ("第一梯次的土壤上完了", "土壤實作（111年6月8日）"),
        ("我要回報：菜園說明辦完了", "菜園說明：1／1場"),
        ("實作課都上完了", "實作課程：2／2門"),
        ("6/8的土壤那門我有參加", "土壤實作（111年6月8日）"),
        ("菜園說明OK了", "菜園說明：1／1場"),
    ],
)
def test_a_sentence_is_written_down(gardener: Bot, words: str, counted: str) -> None:
    answer = gardener.ask(words)

    assert counted in plain(answer)
    assert labels(answer) == ["復原", "我的進度"]


def test_both_courses_of_a_round_are_written_with_the_days_of_their_sessions(
    gardener: Bot,
) -> None:
    gardener.at = gardener.at.replace(month=6, day=23)

    said = gardener.say("第一梯次兩門都上了")

    assert "土壤實作（111年6月8日）" in said
    assert "育苗實作（111年6月22日）" in said
    assert "實作課程：2／2門" in said


def test_several_things_of_one_sentence_are_all_written_and_taken_back_together(
    gardener: Bot,
) -> None:
    said = gardener.ask("6/8上完土壤，澆水也看完了，菜園說明還沒辦")

    assert "已記下2項" in plain(said)
    assert "菜園說明：1" not in plain(said)
    gardener.press(button(said, "復原"))
    left = gardener.say("我的進度")
    assert "實作課程：0／2門" in left
    assert "選修影片：0／2門" in left


def test_a_third_optional_course_adds_no_hours(gardener: Bot) -> None:
    said = gardener.say(ALL_THERE)

    assert "選修影片：2／2門" in said
    assert said.count("不另加時數") == 1
    assert "堆肥入門（111年6月15日）：選修影片 2／2門。選修影片只採計2門，這門不另加時數" in said
    assert "依計畫可核給的時數：4小時" in gardener.say("我的進度")


def test_the_same_part_counts_once(gardener: Bot) -> None:
    gardener.ask("澆水技巧看完了")

    assert "先前已經記過了，沒有重複計算" in gardener.say("昨天看完澆水技巧了")
    assert "選修影片：1／2門" in gardener.say("我的進度")


def test_the_same_of_one_day_is_asked_about(gardener: Bot) -> None:
    gardener.ask("菜園說明辦了一場")
    asked = gardener.ask("菜園說明辦了一場")

    assert "今天已記了1次「菜園說明」，這是另外一次嗎？" in plain(asked)
    assert "沒有記" in gardener.say("不是")
    assert gardener.say("我的進度").count("菜園說明1場（") == 1
    gardener.ask("菜園說明辦了一場")
    assert "已記下1項" in gardener.say("是")
    assert gardener.say("我的進度").count("菜園說明1場（") == 2


def test_where_one_thing_is_asked_about_the_others_can_be_written(gardener: Bot) -> None:
    gardener.ask("菜園說明辦了一場")
    asked = gardener.ask("菜園說明辦了一場，也看完澆水了")

    assert "不是，只記其他的" in labels(asked)
    assert "澆水技巧" in gardener.say("不是")
    assert gardener.say("我的進度").count("菜園說明1場（") == 1


def test_a_report_without_a_name_is_asked_for_it(gardener: Bot) -> None:
    assert "土壤實作" in labels(gardener.ask("上完了"))


def test_terms_and_marks_are_counted_as_said(school: Bot) -> None:
    said = school.say("上學期輔導兩次，一次教授到校")

    assert "▰▰ 到校輔導（110學年度上學期）：2／2次" in said
    assert "▰ 到校輔導（110學年度上學期、教授到校）：1／1次" in said
    assert "▱▱ 到校輔導（110學年度下學期）：0／2次" in said
    assert "▰▱ 到校輔導（110學年度下學期）：1／2次" in school.say("昨天輔導了一次")


def test_where_the_day_tells_no_term_it_is_asked(school: Bot) -> None:
    asked = school.ask("2021/5/3輔導了一次")

    assert labels(asked) == ["110學年度上學期", "110學年度下學期"]
    assert "到校輔導（110學年度上學期）：1／2次" in plain(
        school.press(button(asked, "110學年度上學期"))
    )


def test_two_meetings_of_one_day_count_as_one(school: Bot) -> None:
    school.ask("今天開了工作會議")
    school.ask("今天又開了工作會議")

    assert "同一天只採計1次，這次不另計" in school.say("是，另外一次")


def test_whoever_has_not_joined_joins_and_reports_with_one_tap(bot: Bot) -> None:
    asked = bot.ask("我看完澆水技巧了")

    assert "您還沒有加入「菜園師認證」" in plain(asked)
    said = plain(bot.press(button(asked, "加入並記下")))
    assert "已加入「菜園師認證」" in said
    assert "選修影片：1／2門" in said


def test_joining_is_not_needed_to_go_on(bot: Bot) -> None:
    bot.ask("我看完澆水技巧了")

    assert "沒有記" in bot.say("不用")
    assert "您還沒有加入任何進度" in bot.say("我的進度")


def test_the_button_on_the_card_reports_too(gardener: Bot) -> None:
    card = gardener.ask("我的進度")

    assert "選修影片：1／2門" in plain(gardener.press(button(card, "完成了：澆水技巧")))


def test_which_part_is_asked_with_a_button_for_each(gardener: Bot) -> None:
    gardener.ask("澆水看完了")
    asked = gardener.ask("選修影片看完一門了")

    assert labels(asked) == ["蟲害防治", "堆肥入門"]
    assert "選修影片：2／2門" in gardener.say("堆肥入門")


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        ("第三梯次兩門都上了", "沒有第3梯次，只有第1梯次、第2梯次"),
        ("辦了-1小時的菜園說明", "請回報1到999之間的數字"),
        ("負一場菜園說明辦完了", "請回報1到999之間的數字"),
        ("菜園說明辦了0場", "請回報1到999之間的數字"),
        ("菜園說明辦了2.5場", "次數和份數要是整數"),
        ("菜園說明辦了1000場", "請回報1到999之間的數字"),
        ("7/20辦了菜園說明", "111年7月20日還沒到"),
        ("第二梯次的土壤上完了", "111年7月8日(五) 13:30–16:30，還沒到"),
        ("2/30辦了菜園說明", "沒有「2/30」這一天"),
        ("我上完量子力學了", "您的進度裡沒有「量子力學」"),
        ("菜園說明辦了3小時", "時數由計畫核給"),
    ],
)
def test_what_cannot_be_is_told_with_its_remedy_and_nothing_is_written(
    gardener: Bot, words: str, remedy: str
) -> None:
    before = gardener.say("我的進度")

    assert remedy in gardener.say(words)
    assert gardener.say("我的進度") == before


def test_one_wrong_thing_of_a_sentence_leaves_the_others_unwritten(gardener: Bot) -> None:
    before = gardener.say("我的進度")

    gardener.ask("澆水看完了，菜園說明辦了0場")

    assert gardener.say("我的進度") == before


@pytest.mark.parametrize(
    "words",
    [
        "我上完兩門了接下來呢",
        "澆水看完了然後要做什麼",
        "我辦了3場菜園說明夠嗎",
        "菜園說明辦了可以再辦嗎",
        "土壤實作上完之後要交什麼",
        "如果澆水看完了",
        "還沒上完土壤實作",
        "明天要辦菜園說明",
        "菜園說明要幾場",
        "澆水",
    ],
)
def test_a_question_stays_a_question(gardener: Bot, words: str) -> None:
    before = gardener.say("我的進度")

    assert "已記下" not in gardener.say(words)
    assert gardener.say("我的進度") == before


def test_what_comes_before_its_turn_is_written_with_a_word_on_it(gardener: Bot) -> None:
    said = gardener.say("菜園說明辦了一場")

    assert "提醒：依計畫，菜園說明要在實作課程、選修影片完成之後" in said


def test_a_report_with_a_secret_in_it_is_kept_without(gardener: Bot) -> None:
    assert "A123456789" not in gardener.say("澆水看完了，我是A123456789")
