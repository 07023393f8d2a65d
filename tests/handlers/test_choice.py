"""Where a question fits several plans, the bot asks which, and takes the answer as it is given."""

from datetime import datetime, timedelta

import pytest

from bot.messages import Outcome, Tone
from tests.handlers.chat import Chat, cards

READING, STARS = "工作坊報名截止", "觀星夜報名截止"
QUESTION = "報名到什麼時候"


def test_a_question_that_fits_two_plans_is_asked_back(chat: Chat) -> None:
    answer = chat.ask(QUESTION)
    (card,) = cards(answer)

    assert (answer.outcome, card.tone) == (Outcome.ASKED, Tone.ASK)
    assert [b.say for b in answer.quick] == ["臺中111晨間共讀", "臺南112校園觀星"]
    assert chat.talk.pending == QUESTION


@pytest.mark.parametrize(
    ("choice", "title"),
    [
        ("臺中111晨間共讀", READING),  # the button
        ("臺南112校園觀星", STARS),
        ("1", READING),
        ("２", STARS),
        ("第二個", STARS),
        ("選1", READING),
        ("共讀", READING),  # a name
        ("觀星的", STARS),
        ("臺中", READING),  # an area
        ("台南市", STARS),
        ("是臺南的", STARS),
    ],
)
def test_the_choice_is_taken_by_button_number_name_or_area(
    chat: Chat, choice: str, title: str
) -> None:
    chat.ask(QUESTION)
    answer = chat.ask(choice)

    assert title in cards(answer)[0].lead
    assert answer.outcome is Outcome.ANSWERED
    assert chat.talk.pending == ""


@pytest.mark.parametrize("number", ["3", "0", "9"])
def test_a_number_that_was_not_offered_chooses_nothing(chat: Chat, number: str) -> None:
    chat.ask(QUESTION)

    assert chat.ask(number).outcome is not Outcome.ANSWERED


def test_a_new_question_instead_of_a_choice_is_answered_for_itself(chat: Chat) -> None:
    chat.ask(QUESTION)

    assert "購書經費" in chat.say("購書經費多少錢")
    assert chat.talk.plan == "reading"


def test_a_number_means_nothing_once_the_choice_is_forgotten(chat: Chat) -> None:
    chat.ask(QUESTION)
    chat.at += timedelta(days=2)

    assert chat.ask("2").outcome is not Outcome.ANSWERED


def test_words_that_only_one_plan_uses_decide_for_it(chat: Chat) -> None:
    assert STARS in chat.say("觀星夜報名到什麼時候")


def test_another_plan_is_asked_about_before_it_answers_in_a_talk(chat: Chat) -> None:
    chat.ask("觀星夜報名到什麼時候")

    asked = chat.ask("工作坊報名到什麼時候")

    assert asked.outcome is Outcome.ASKED
    assert READING in chat.say("2")


def test_a_plan_whose_year_is_far_ahead_is_not_asked_about(chat: Chat) -> None:
    chat.at = datetime.fromisoformat("2020-06-15T09:00+08:00")

    assert chat.ask(QUESTION).why.plan == "reading"
    assert chat.ask("觀星夜報名到什麼時候").why.plan == "stars"  # unless it is plainly meant


def test_naming_the_plan_or_its_area_leaves_nothing_to_ask(chat: Chat) -> None:
    assert chat.ask("共讀報名到什麼時候").why.plan == "reading"
    assert chat.ask("臺南報名到什麼時候").why.plan == "stars"
    assert chat.ask("臺南112校園觀星報名到什麼時候").why.plan == "stars"


def test_the_real_plans_are_asked_back_in_the_same_way(real_chat: Chat) -> None:
    answer = real_chat.ask("什麼時候報名")

    assert answer.outcome is Outcome.ASKED
    assert len(answer.quick) >= 2
    assert real_chat.ask("1").why.plan == real_chat.talk.plan != ""
