"""Words as teachers write them: what was missed, taken back, joined; sighs and half steps."""

from datetime import datetime

import pytest

from bot.cli.plain import plain
from bot.dispatch import Office
from bot.links import Links
from bot.messages import Outcome
from bot.store.people import Role, give_role
from tests.handlers.whole_bot import CLERK, Bot, button, labels

LINKS = Links("https://bell.example.tw", "a key of a test's own")


@pytest.mark.parametrize("words", ["加入", "我要加入", "加入我的進度"])
def test_a_bare_wish_to_join_is_asked_which(bot: Bot, words: str) -> None:
    assert "菜園師認證" in labels(bot.ask(words))


@pytest.mark.parametrize("words", ["加入學校要具備什麼資格", "加入菜園師認證的好處是什麼"])
def test_a_question_about_joining_joins_nothing(bot: Bot, words: str) -> None:
    bot.ask(words)

    assert "您還沒有加入任何進度" in bot.say("我的進度")


@pytest.mark.parametrize("words", ["加入菜園師", "加入菜園師認證", "我想加入菜園師認證的進度"])
def test_a_track_is_joined_by_part_of_its_name(bot: Bot, words: str) -> None:
    assert "已加入「菜園師認證」" in bot.say(words)


def test_whoever_joins_is_told_how_to_report_in_words_of_their_track(bot: Bot) -> None:
    assert "例如「到校輔導完成了」" in bot.say("加入學校應辦事項的進度")


def test_a_bare_wish_to_leave_is_confirmed_first(gardener: Bot) -> None:
    assert labels(gardener.ask("退出")) == ["退出", "先不要"]


def test_whoever_follows_one_plan_talks_of_it_the_next_day(gardener: Bot) -> None:
    gardener.at = datetime.fromisoformat("2022-06-17T09:00+08:00")

    assert "臺中111校園菜園" in gardener.say("問誰")


@pytest.mark.parametrize("words", ["我都做完了嗎", "全部完成了嗎", "那我還缺哪些", "做到哪了"])
def test_whether_all_is_done_shows_ones_own_progress(gardener: Bot, words: str) -> None:
    assert "菜園師認證：已完成0／3項" in gardener.say(words)


@pytest.mark.parametrize("words", ["我好累喔", "最近開會忙到好累", "今天真的很煩"])
def test_a_sigh_is_no_question(gardener: Bot, words: str) -> None:
    answer = gardener.ask(words)

    assert "辛苦了" in plain(answer)
    assert answer.outcome is Outcome.CHAT


@pytest.mark.parametrize("words", ["聽了一半澆水", "澆水看了一半"])
def test_half_done_is_not_done(gardener: Bot, words: str) -> None:
    gardener.ask(words)

    assert "選修影片：0／2門" in gardener.say("我的進度")


def test_what_was_missed_is_known_by_its_name(gardener: Bot) -> None:
    said = gardener.ask("土壤實作沒上到")

    assert "知道了，沒上到：土壤實作" in plain(said)
    assert "選7/8 土壤實作" in labels(said)


def test_who_cannot_go_is_told_what_is_left_and_nothing_is_noted(gardener: Bot) -> None:
    gardener.ask("選育苗第一梯次")

    said = gardener.ask("育苗那門去不了")

    assert "那場還沒到，沒有記成沒上到" in plain(said)
    assert "選7/15 育苗實作" in labels(said)
    assert "已選111年6月22日(三)" in gardener.say("我的進度")


def test_signing_up_chooses_the_session(gardener: Bot) -> None:
    assert "已記下您選的場次" in gardener.say("第二梯次報名了")


@pytest.mark.parametrize("words", ["把澆水的紀錄刪掉", "刪除澆水的紀錄", "取消澆水技巧紀錄"])
def test_one_thing_is_taken_back_by_its_name(gardener: Bot, words: str) -> None:
    gardener.ask("澆水跟堆肥看完了")
    gardener.ask("菜園說明辦了一場")

    assert "選修影片：1／2門" in gardener.say(words)
    left = gardener.say("我的進度")
    assert "堆肥入門（111年6月15日）" in left
    assert "菜園說明：1／1場" in left


def test_what_is_not_there_is_not_taken_back(gardener: Bot) -> None:
    gardener.ask("堆肥看完了")

    assert "沒有可以復原的紀錄" in gardener.say("把澆水的紀錄刪掉")
    assert "選修影片：1／2門" in gardener.say("我的進度")


def test_a_correction_may_name_what_was_wrong(gardener: Bot) -> None:
    gardener.ask("昨天辦了菜園說明")

    assert "菜園說明1場（111年6月10日）" in gardener.say("不是昨天，是6/10")


@pytest.mark.parametrize("words", ["終於上完了", "今天上完了好累", "課上完了"])
def test_relief_around_a_report_names_nothing(gardener: Bot, words: str) -> None:
    assert "土壤實作" in labels(gardener.ask(words))


def test_a_number_that_cannot_be_is_refused_even_without_a_thing(gardener: Bot) -> None:
    assert "請回報1到999之間的數字" in gardener.say("上了-1小時的課")


def test_a_duty_that_nobody_counts_is_told_as_such(gardener: Bot) -> None:
    assert "「維護工具」不計入進度，沒有記。平時維護工具。" in gardener.say("維護工具做完了")


def test_two_days_are_two_meetings(school: Bot) -> None:
    said = school.say("6/8和6/10各開了一次工作會議")

    assert "已記下2項" in said
    assert "111年6月8日" in said
    assert "111年6月10日" in said


def test_days_and_numbers_that_do_not_fit_are_asked_for_one_by_one(school: Bot) -> None:
    assert "請一天說一次" in school.say("6/8和6/10辦了3次輔導")
    assert "（110學年度下學期）：0／2次" in school.say("我的進度")


def test_what_counts_in_its_term_or_over_all_is_not_called_too_much(school: Bot) -> None:
    school.ask("6/8輔導了2次")

    assert "只採計2次，超過的不另加次數" in school.say("6/9輔導了1次")
    assert "不另加" not in school.say("上學期輔導了1次")


@pytest.mark.parametrize("words", ["請承辦確認", "我要請承辦確認"])
def test_staff_confirm_what_a_teacher_asks_them_to(gardener: Bot, words: str) -> None:
    gardener.ask("澆水看完了")
    pressed = plain(gardener.press(button(gardener.ask("我的進度"), "請承辦確認")))
    typed = gardener.say(words)
    code = typed.split("您的代碼：")[1][:9]
    gardener.ask("你好", CLERK)
    with gardener.office.engine.begin() as db:
        give_role(db, "default", CLERK, Role.STAFF)

    shown = gardener.ask(f"確認進度 {code}", CLERK)
    gardener.press(button(shown, "全部確認"), CLERK)

    assert code in pressed
    assert "澆水技巧（111年6月15日）｜✓承辦確認" in gardener.say("我的進度")
    assert "請承辦確認" not in labels(gardener.ask("我的進度"))


def test_there_is_nothing_to_confirm_before_something_is_reported(gardener: Bot) -> None:
    assert "請承辦確認" not in labels(gardener.ask("我的進度"))
    assert "先不用請承辦確認" in gardener.say("請承辦確認")


def test_a_session_that_is_over_can_be_told_from_any_card(gardener: Bot) -> None:
    gardener.ask("選育苗第一梯次")
    gardener.at = datetime.fromisoformat("2022-06-23T09:00+08:00")

    said = gardener.ask("6/8上完土壤了")

    assert "6/22那場上完了" in labels(said)


def test_of_many_tracks_the_plan_is_asked_first(real_bot: Bot) -> None:
    asked = real_bot.ask("我的進度")

    assert labels(asked) == ["107國中小行動學習", "臺北111酷課師認證", "高雄112數位學習專業社群"]
    of_plan = real_bot.press(button(asked, "臺北111酷課師認證"))
    assert labels(of_plan) == ["取得證書要完成的事", "延續資格的工作任務", "其他計畫"]
    others = real_bot.press(button(of_plan, "其他計畫"))
    assert "107國中小行動學習" in labels(others)
    assert "已加入「取得證書要完成的事」" in plain(
        real_bot.press(button(of_plan, "取得證書要完成的事"))
    )


def test_a_plan_is_also_chosen_by_typing(real_bot: Bot) -> None:
    real_bot.ask("我的進度")

    assert "延續資格的工作任務" in real_bot.say("臺北111酷課師認證")


def test_what_is_next_is_what_a_date_waits_for(real_bot: Bot) -> None:
    real_bot.at = datetime.fromisoformat("2018-03-20T09:00+08:00")
    joined = real_bot.say("加入推動學校的工作的進度")
    done = real_bot.say("3/15教授到校輔導一次")

    assert "下一步：學者專家輔導（每學期）（期限3月31日(六)" in joined
    assert "3月31日" not in done.split("下一步")[1]
    assert "不另加" not in done


def test_a_long_track_has_bars_for_what_was_begun_or_is_next(real_bot: Bot) -> None:
    real_bot.at = datetime.fromisoformat("2018-03-20T09:00+08:00")
    real_bot.ask("加入推動學校的工作的進度")
    real_bot.ask("參訪辦了一場")

    (card,) = real_bot.ask("我的進度").cards

    titles = [bar.title for bar in card.bars]
    assert "跨校研習推廣或參訪" in titles
    assert "校長科技領導進修培訓" not in titles
    assert any("校長科技領導進修培訓" in fact for fact in card.facts)


def test_before_the_first_term_nothing_can_be_done(real_bot: Bot) -> None:
    real_bot.at = datetime.fromisoformat("2017-09-20T09:00+08:00")
    real_bot.ask("加入推動學校的工作的進度")

    assert "106學年度下學期起算，還沒開始" in real_bot.say("輔導了一次")


def test_nobody_taps_fifty_one_times(real_bot: Bot) -> None:
    card = real_bot.ask("加入延續資格的工作任務的進度")

    assert "完成了：每學期線上活動超過50次" not in labels(card)
    assert "完成了：跨校分享教學心得" in labels(card)


def test_the_own_page_is_one_tap_away_where_there_are_pages(gardener: Bot) -> None:
    before = gardener.ask("我的進度")
    office = gardener.office
    gardener.office = Office(office.engine, office.handle, office.reader, LINKS)

    page = gardener.say(button(gardener.ask("我的進度"), "我的頁面").say)

    assert "我的頁面" not in labels(before)
    assert "https://bell.example.tw" in page


def test_whoever_follows_a_plan_is_asked_of_its_eligibilities_only(real_bot: Bot) -> None:
    real_bot.at = datetime.fromisoformat("2018-03-20T09:00+08:00")
    real_bot.ask("加入推動學校的工作的進度")

    asked = real_bot.ask("我可以報名嗎")

    assert "學校申請資格" in labels(asked)
    assert "臺北111酷課師認證" not in labels(asked)
