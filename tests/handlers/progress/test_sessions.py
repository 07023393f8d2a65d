"""Sessions are chosen by a sentence or a tap; what was missed is offered again."""

from datetime import datetime

from bot.cli.plain import plain
from tests.handlers.whole_bot import Bot, button, labels


def moved(bot: Bot, day: str) -> None:
    bot.at = datetime.fromisoformat(f"{day}T09:00+08:00")


def test_a_day_chooses_a_session_and_tells_the_sign_up(gardener: Bot) -> None:
    said = gardener.say("我要上7月8日那場")

    assert (
        "土壤實作：111年7月8日(五) 13:30–16:30，還有23天上課；報名到7月6日(三)，還有21天截止"
        in said
    )
    assert "土壤實作：已選111年7月8日(五) 13:30–16:30" in gardener.say("我的進度")


def test_a_round_chooses_the_sessions_of_all_courses(gardener: Bot) -> None:
    said = gardener.say("選第二梯次")

    assert "111年7月8日(五)" in said
    assert "111年7月15日(五)" in said


def test_a_button_chooses_too(gardener: Bot) -> None:
    card = gardener.ask("我的進度")

    assert "111年7月8日(五)" in plain(gardener.press(button(card, "選7/8 土壤實作")))


def test_a_round_that_there_is_not_is_told(gardener: Bot) -> None:
    assert "沒有第3梯次，只有第1梯次、第2梯次" in gardener.say("選第三梯次")


def test_a_session_that_is_over_cannot_be_chosen(gardener: Bot) -> None:
    said = gardener.say("我要上6月8日那場")

    assert "那場已經結束了" in said
    assert "還可以選：111年7月8日(五)" in said


def test_after_a_chosen_session_it_is_asked_whether_it_was_attended(gardener: Bot) -> None:
    gardener.ask("選6/22那場")
    moved(gardener, "2022-06-23")

    card = gardener.ask("我的進度")

    assert "育苗實作（111年6月22日(三) 13:30–16:30）那場已結束，上完了嗎？" in plain(card)
    assert "育苗實作（111年6月22日）" in plain(gardener.press(button(card, "6/22那場上完了")))


def test_what_was_missed_is_offered_again_with_its_sign_up(gardener: Bot) -> None:
    said = gardener.ask("6/8那場沒上到")

    assert "土壤實作還可以上：111年7月8日(五) 13:30–16:30（7月6日(三)前報名" in plain(said)
    assert "還有23天上課" in plain(gardener.press(button(said, "選7/8 土壤實作")))


def test_missed_by_a_button(gardener: Bot) -> None:
    gardener.ask("選6/22那場")
    moved(gardener, "2022-06-23")
    card = gardener.ask("我的進度")

    said = plain(gardener.press(button(card, "6/22那場沒上到")))

    assert "育苗實作還可以上：111年7月15日(五)" in said
    assert "選育苗實作的場次" in gardener.say("我的進度")


def test_where_no_session_is_left_it_is_said_whom_to_ask(gardener: Bot) -> None:
    moved(gardener, "2022-07-10")

    said = gardener.ask("7/8那場沒上到")

    assert "沒有還能報名的場次了，請洽農藝中心 04-22280000" in plain(said)
    assert labels(said) == ["我的進度"]
    assert "土壤實作沒有還能報名的場次了，請洽農藝中心" in gardener.say("我的進度")


def test_a_session_whose_sign_up_is_over_is_not_offered(gardener: Bot) -> None:
    moved(gardener, "2022-07-07")

    assert "沒有還能報名的場次" in gardener.say("6/8那場沒上到")


def test_a_chosen_session_still_to_come_is_not_taken_for_done(gardener: Bot) -> None:
    gardener.ask("選7/8那場")

    assert "還沒到，不能先記成完成" in gardener.say("土壤實作上完了")
    assert "實作課程：1／2門" in gardener.say("6/8上完土壤實作")


def test_whoever_follows_nothing_asks_a_question(bot: Bot) -> None:
    assert "已記下您選的場次" not in bot.say("我要上7月8日那場")
    assert "知道了" not in bot.say("6/8那場沒上到")
