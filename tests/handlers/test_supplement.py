"""How staff's additions answer: plainly the office's word, and not beyond what they are about."""

from datetime import date

import pytest

from bot.answers.supplement import SUPPLEMENT
from bot.messages import Outcome
from bot.model.entries import Supplement
from bot.understand.reader import Reader
from bot.understand.supplements import Added
from tests.handlers.chat import Chat, cards

MEALS = "工作坊有沒有便當"  # the plan is known not to say


def with_supplement(chat: Chat, *says: str, text: str, title: str) -> Chat:
    plans: Reader = chat.reader
    home = plans.edition("reading/111")
    assert home is not None
    entry = Supplement(
        id="staff-1",
        title=title,
        source=("局內會議",),
        says=says,
        text=text,
        answered_on=date(2022, 6, 2),
        expires_on=date(2023, 6, 30),
    )
    return Chat(plans.with_supplements([Added(home, entry)]), chat.db)


@pytest.fixture
def meals(chat: Chat) -> Chat:
    """A chat in which staff said what the plan leaves open."""
    return with_supplement(chat, MEALS, text="有，當天提供素食便當。", title="工作坊午餐")


def test_it_is_the_office_s_word_with_its_source_and_how_long_it_holds(meals: Chat) -> None:
    answer = meals.ask(MEALS)

    (card,) = cards(answer)
    assert card.lead == "有，當天提供素食便當。"
    assert card.document == SUPPLEMENT == "承辦單位補充（非計畫條文）"
    assert card.sources == ("局內會議", "111年6月2日答覆")
    assert card.facts[-1] == "有效至112年6月30日"
    assert answer.outcome is Outcome.ANSWERED
    assert answer.why.entry == "staff-1"


def test_without_it_the_same_question_is_a_gap(chat: Chat) -> None:
    assert chat.ask(MEALS).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("text", ["共讀工作坊有便當嗎", "工作坊有提供便當嗎", "工作坊有沒有便噹"])
def test_it_fills_the_gap_however_that_is_asked(meals: Chat, text: str) -> None:
    assert "素食便當" in meals.say(text)


def test_in_words_that_it_shares_none_of_the_gap_answers_and_it_is_offered(meals: Chat) -> None:
    answer = meals.ask("工作坊會供餐嗎")

    assert answer.outcome is Outcome.UNKNOWN
    assert "工作坊午餐" in [button.label for button in answer.quick]


def test_it_does_not_fill_a_gap_about_something_else(chat: Chat) -> None:
    parking = with_supplement(chat, "工作坊可以停車嗎", text="請停地下停車場。", title="工作坊停車")

    answer = parking.ask(MEALS)

    assert answer.outcome is Outcome.UNKNOWN
    assert "停車場" not in cards(answer)[0].lead


def test_what_the_plan_says_is_still_the_plan_s_answer(chat: Chat) -> None:
    parking = with_supplement(chat, "工作坊可以停車嗎", text="請停地下停車場。", title="工作坊停車")

    said = parking.say("共讀工作坊什麼時候上課")

    assert "7月8日" in said
    assert SUPPLEMENT not in said


def test_it_tells_what_it_was_asked_though_it_names_no_sum(chat: Chat) -> None:
    parking = with_supplement(chat, "工作坊停車要多少錢", text="免費。", title="工作坊停車費用")

    assert cards(parking.ask("工作坊停車要多少錢"))[0].lead == "免費。"


def test_what_it_does_not_tell_is_not_laid_to_the_plan(chat: Chat) -> None:
    parking = with_supplement(
        chat, "工作坊可以停車嗎", text="可以，請停地下停車場。", title="工作坊停車"
    )

    (card,) = cards(parking.ask("工作坊停車要多少錢"))

    assert "金額" in card.lead
    assert "我無法回答" in card.lead
    assert card.facts[0].startswith("承辦單位補充的是：")


def test_its_button_shows_it_and_says_so_when_it_is_gone(meals: Chat, chat: Chat) -> None:
    pressed = meals.press("entry=reading/111#staff-1")
    gone = chat.press("entry=reading/111#staff-1")

    assert cards(pressed)[0].lead == "有，當天提供素食便當。"
    assert "較早的內容" in str(gone.parts[0])
