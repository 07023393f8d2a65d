"""Talks over several turns: corrections, short replies, other plans, picks from an offer."""

from datetime import timedelta

import pytest

from bot.messages import Outcome, Tone
from bot.store import interviews
from tests.handlers.chat import Chat, cards


@pytest.mark.parametrize("said", ["不是啦我是問A組", "打錯，是A組", "更正 我問的是A組"])
def test_a_correction_replaces_the_case_that_was_asked(chat: Chat, said: str) -> None:
    assert "7月15日" in chat.say("共讀B組的工作坊什麼時候")

    answer = chat.say(said)

    assert "7月8日" in answer
    assert "7月15日" not in answer


def test_a_correction_may_ask_for_another_thing_of_the_same_kind(chat: Chat) -> None:
    chat.ask("共讀的活動相片要幾張")

    assert chat.ask("我講錯，是讀後心得").why.entry == "notes"


def test_the_bots_own_question_is_answered_with_yes_and_no(chat: Chat) -> None:
    first = chat.ask("我可以參加共讀嗎")
    assert [b.say for b in first.quick[:3]] == ["是", "不是", "不確定"]

    chat.ask("沒有")  # what would exclude is asked first: it decides by itself
    last = cards(chat.ask("是"))[0]

    assert last.lead.startswith("符合")


def test_who_is_not_sure_is_asked_the_next_thing(chat: Chat) -> None:
    chat.ask("我可以參加共讀嗎")
    first = chat.talk.expects

    card = cards(chat.ask("不確定"))[0]

    assert card.tone is Tone.ASK
    assert chat.talk.expects not in ("", first)


def test_what_is_said_later_goes_before_what_was_said_earlier(chat: Chat) -> None:
    chat.ask("我上過說書研習，可以參加共讀嗎")
    assert "符合，" in chat.say("沒有中途退場")

    assert "不符合" in chat.say("我曾經中途退場")


@pytest.mark.parametrize(("said", "cost"), [("5", "30萬~42萬"), ("五班", "30萬~42萬")])
def test_a_bare_number_answers_what_the_card_asks_for(chat: Chat, said: str, cost: str) -> None:
    chat.ask("共讀的購書經費多少錢")

    assert cost in chat.say(said)


def test_the_cases_that_a_card_asks_for_can_be_tapped(chat: Chat) -> None:
    asked = chat.ask("共讀的活動相片要幾張")
    button = next(b for b in asked.quick if b.label == "B組")

    assert "8張" in chat.say(button.say)


def test_yes_without_a_question_of_the_bots_is_small_talk(chat: Chat) -> None:
    assert chat.ask("是的").outcome is Outcome.CHAT


def test_a_follow_up_that_names_another_plan_asks_the_same_of_it(chat: Chat) -> None:
    chat.ask("共讀報名到什麼時候")

    assert chat.ask("那觀星的呢").why.plan == "stars"
    assert "3月10日" in chat.say("那觀星的呢")


def test_a_full_question_about_another_plan_leans_on_nothing(chat: Chat) -> None:
    chat.ask("共讀報名到什麼時候")

    assert chat.ask("觀星夜在哪裡").why.entry == "night"


def test_thanks_in_between_do_not_break_the_thread(chat: Chat) -> None:
    chat.ask("共讀的工作坊A組什麼時候")
    chat.ask("謝謝")

    assert "7月15日" in chat.say("那B組呢")


@pytest.mark.parametrize("pick", ["1", "第一個", "我選第1個", "最後一個", "紙張費", "是"])
def test_an_entry_that_was_offered_is_picked_by_number_or_by_its_title(
    chat: Chat, pick: str
) -> None:
    chat.ask("紙張的品牌廠商")
    assert chat.talk.offered == ("reading/111#paper",)

    answer = chat.ask(pick)

    assert answer.outcome is Outcome.ANSWERED
    assert "30%" in cards(answer)[0].lead


def test_part_of_a_title_picks_one_of_several_offers(chat: Chat) -> None:
    chat.ask("報名費怎麼退")
    assert len(chat.talk.offered) == 2

    assert chat.ask("觀星夜").why.plan == "stars"


def test_an_offer_that_is_passed_over_is_forgotten(chat: Chat) -> None:
    chat.ask("報名到什麼時候")
    chat.ask("購書經費多少錢")

    assert chat.talk.offered == ()


def test_an_old_button_still_shows_its_entry(chat: Chat) -> None:
    chat.ask("共讀的活動相片要幾張")
    chat.at += timedelta(days=30)

    assert chat.press("entry=reading/111#workshop").why.entry == "workshop"


def test_another_aspect_is_asked_of_the_entry_that_answered(chat: Chat) -> None:
    chat.ask("觀星夜報名到什麼時候")
    chat.ask("觀星夜在哪裡")

    assert "19:00" in chat.say("幾點")


def test_two_things_in_one_question_are_both_answered(chat: Chat) -> None:
    answer = chat.say("共讀的讀後心得跟活動相片各要交多少")

    assert "2份" in answer
    assert "6張" in answer


def test_another_language_is_asked_to_be_chinese(chat: Chat) -> None:
    answer = chat.ask("When is the deadline for the workshop?")

    assert answer.outcome is Outcome.UNKNOWN
    assert "中文" in cards(answer)[0].lead


@pytest.mark.parametrize("text", ["你這個白痴機器人", "什麼爛系統"])
def test_a_curse_gets_a_calm_word_and_no_plans_rule(chat: Chat, text: str) -> None:
    answer = chat.ask(text)

    assert answer.outcome is Outcome.CHAT
    assert "抱歉" in chat.say(text)


def test_a_wrong_day_is_denied_with_the_right_one(chat: Chat) -> None:
    card = cards(chat.ask("共讀的說明會是5月25日對吧"))[0]

    assert card.lead.startswith("不是。")
    assert "5月20日" in card.lead


def test_what_a_plan_that_is_over_pays_says_so(chat: Chat) -> None:
    chat.at += timedelta(days=3650)

    assert cards(chat.ask("共讀的總額最多多少"))[0].state == "這份計畫列出的日期都已過"


def test_after_a_bare_name_the_questions_are_about_that_plan(chat: Chat) -> None:
    chat.ask("觀星")

    assert chat.ask("報名到什麼時候").why.plan == "stars"


def test_a_new_question_that_names_a_plan_is_not_taken_for_the_choice(chat: Chat) -> None:
    chat.ask("報名到什麼時候")

    assert chat.ask("共讀的活動相片要幾張").why.entry == "photos"


def test_a_month_without_its_year_is_not_given_one_that_the_dates_are_not_of(chat: Chat) -> None:
    chat.at += timedelta(days=3650)
    lead = cards(chat.ask("觀星3月有什麼事"))[0].lead

    assert lead.startswith("3月有")


def test_the_same_asked_of_two_things_is_answered_for_each(chat: Chat) -> None:
    answer = chat.say("共讀的讀後心得跟活動相片各要幾份")

    assert "讀後心得" in answer
    assert "活動相片" in answer


def test_no_to_a_number_is_none_of_it_and_not_sure_asks_on(real_chat: Chat) -> None:
    first = real_chat.ask("我可以報酷課師嗎")
    assert [b.say for b in first.quick[:3]] == ["3小時以上", "沒有", "不確定"]
    asked = real_chat.talk.expects

    real_chat.ask("沒有")

    assert real_chat.talk.expects not in ("", asked)
    (told,) = interviews.all_of(real_chat.db, "C", real_chat.user)
    assert told.facts == {"basic-hours": "0"}


def test_a_button_with_a_number_decides(real_chat: Chat) -> None:
    real_chat.ask("我可以報酷課師嗎")

    assert "符合，" in real_chat.say("3小時以上")


def test_where_somebody_is_names_no_plan(chat: Chat) -> None:
    chat.ask("共讀報名到什麼時候")

    assert chat.ask("我在臺南可以參加嗎").why.plan == "reading"


@pytest.mark.parametrize("said", ["觀星那個", "換成觀星", "那觀星的呢", "改問觀星"])
def test_turning_to_another_plan_asks_the_same_of_it(chat: Chat, said: str) -> None:
    chat.ask("共讀報名到什麼時候")

    assert "3月10日" in chat.say(said)


@pytest.mark.parametrize("said", ["要交到哪裡", "截止是什麼時候"])
def test_bare_words_ask_about_what_was_just_said(chat: Chat, said: str) -> None:
    chat.ask("共讀的讀後心得要交幾份")

    assert chat.ask(said).why.entry in ("notes", "report-due")


def test_all_cases_together_drop_the_one_that_was_asked_before(chat: Chat) -> None:
    chat.ask("共讀A組的活動相片要幾張")
    answer = chat.say("兩組都要的話總共幾張")

    assert "6張" in answer
    assert "8張" in answer


def test_the_other_group_is_asked_after_without_its_name(chat: Chat) -> None:
    chat.ask("共讀A組的活動相片要幾張")

    assert "8張" in chat.say("另一組呢")
    assert "7月15日" in chat.say("那組的工作坊哪一天")
