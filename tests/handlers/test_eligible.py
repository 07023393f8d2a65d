"""May I take part? Yes, no, or what is still to be known, with the clauses that decide."""

from datetime import datetime

import pytest

from bot.messages import Card, Tone
from bot.model.talk import Talk
from tests.handlers.chat import Chat, cards


def card_of(chat: Chat, text: str) -> Card:
    (card,) = cards(chat.ask(text))
    return card


@pytest.mark.parametrize(
    "text",
    [
        "我上過說書研習，沒有中途退場，可以參加共讀嗎",
        "可以參加共讀嗎？我沒有中途退場，上過說書研習",
        "我當過志工，沒有中途退場，有資格參加共讀嗎",
    ],
)
def test_who_fulfils_the_conditions_hears_yes_and_why(chat: Chat, text: str) -> None:
    card = card_of(chat, text)

    assert card.lead.startswith("符合")
    assert card.tone is Tone.ANSWER
    assert {"伍、三"} < set(card.sources)


def test_who_fulfils_none_hears_no_with_each_clause_and_what_to_do(chat: Chat) -> None:
    card = card_of(chat, "我沒上過說書研習也不是志工，可以參加共讀嗎")

    assert "不符合" in card.lead
    assert {"伍、一", "伍、二"} <= set(card.sources)
    assert "先上一場說書研習" in "".join(card.facts)


def test_an_exclusion_decides_though_the_rest_is_not_known(chat: Chat) -> None:
    card = card_of(chat, "我曾經中途退場，可以參加共讀嗎")

    assert "不符合" in card.lead
    assert "伍、三" in card.sources
    assert "伍、一" not in card.sources


def test_who_says_nothing_hears_the_conditions_and_is_asked(chat: Chat) -> None:
    card = card_of(chat, "我可以參加共讀嗎")

    assert card.tone is Tone.ASK
    assert "請告訴我" in "".join(card.facts)
    assert {"伍、一", "伍、二", "伍、三"} <= set(card.sources)


def test_only_what_can_still_change_the_verdict_is_asked(chat: Chat) -> None:
    card = card_of(chat, "我上過說書研習，可以參加共讀嗎")
    facts = "".join(card.facts)

    assert "還不能確定" in card.lead
    assert "中途退場" in facts
    assert "志工嗎" not in facts


def test_facts_told_over_turns_add_up_to_a_verdict(chat: Chat) -> None:
    first = card_of(chat, "我可以參加共讀嗎")
    second = card_of(chat, "我上過說書研習")
    third = card_of(chat, "沒有中途退場")

    assert [c.tone for c in (first, second, third)] == [Tone.ASK, Tone.ASK, Tone.ANSWER]
    assert third.lead.startswith("符合")


def test_who_has_none_of_it_is_told_what_to_do(chat: Chat) -> None:
    chat.ask("我可以參加共讀嗎")

    assert "先上一場說書研習" in chat.say("都沒有怎麼辦")


def test_another_question_in_between_is_not_taken_for_a_fact(chat: Chat) -> None:
    chat.ask("我可以參加共讀嗎")

    assert "04-22289111" in chat.say("聯絡電話是")


def test_a_real_plan_says_yes_no_and_not_yet(real_chat: Chat) -> None:
    real_chat.at = datetime.fromisoformat("2022-06-01T09:00+08:00")
    yes = card_of(real_chat, "我110年參加過酷課雲基礎研習3小時，可以報名酷課師認證嗎")
    again = card_of(real_chat, "我可以報名酷課師認證嗎")
    real_chat.talk, real_chat.user = Talk(), "U-another"
    not_yet = card_of(real_chat, "我可以報名酷課師認證嗎")

    assert yes.lead.startswith("符合")
    assert "伍、一" in yes.sources
    assert again.lead == yes.lead, "what was told before still counts"
    assert not_yet.tone is Tone.ASK


def test_a_yes_says_first_when_every_date_of_the_plan_is_over(chat: Chat) -> None:
    question = "我上過說書研習，沒有中途退場，可以參加共讀嗎"
    during = card_of(chat, question)
    chat.at = datetime.fromisoformat("2030-06-15T09:00+08:00")

    after = card_of(chat, question)

    assert after.lead == f"這份計畫列出的日期都已過。依當時的規定：{during.lead}"
    assert during.lead.startswith("符合")


def test_the_case_that_is_named_by_its_letter_tells_the_fact(real_chat: Chat) -> None:
    assert "不符合申請人數條件" in real_chat.say("數位社群 我們4個人可以報B嗎")
    assert "符合，可以申請" in real_chat.say("那A呢")
