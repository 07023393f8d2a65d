"""What no plan says is never made up: another year, another county, gaps, what an entry lacks."""

from datetime import datetime

import pytest

from bot.handlers.write import split_questions
from bot.messages import Outcome, Tone
from bot.model.talk import Talk
from tests.handlers.chat import Chat, cards

OFFICE = "閱讀推動中心"


@pytest.mark.parametrize("year", ["114年度", "113學年度", "2025年度", "一一四年度", "110年度"])
def test_another_year_is_not_answered_with_this_ones_dates(chat: Chat, year: str) -> None:
    answer = chat.ask(f"{year}共讀報名到什麼時候")

    assert answer.outcome is Outcome.UNKNOWN
    assert "111年度" in cards(answer)[0].lead
    assert "7月6日" not in chat.say(f"{year}共讀報名到什麼時候")


def test_the_plans_own_year_is_answered(chat: Chat) -> None:
    assert "7月6日" in chat.say("111年度共讀報名到什麼時候")
    assert "7月6日" in chat.say("2022年度共讀報名到什麼時候")


@pytest.mark.parametrize("past", ["109年度辦過", "我們109學年度有參加過"])
def test_what_somebody_did_in_another_year_is_no_question_about_that_year(
    chat: Chat, past: str
) -> None:
    assert "7月6日" in chat.say(f"{past}，共讀報名到什麼時候")


def test_a_thing_that_is_past_its_time_is_of_its_own_year(chat: Chat) -> None:
    assert chat.ask("109年度過期的共讀補助還能領嗎").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("county", ["高雄", "新北市", "台東"])
def test_another_county_is_told_that_its_plan_is_not_here(chat: Chat, county: str) -> None:
    answer = chat.ask(f"{county}的共讀報名到什麼時候")

    assert answer.outcome is Outcome.UNKNOWN
    assert "7月6日" not in "".join(cards(answer)[0].facts)
    assert cards(answer)[0].tone is Tone.UNKNOWN


def test_what_the_plan_says_nothing_about_names_whom_to_ask(chat: Chat) -> None:
    answer = chat.ask("共讀可以帶狗嗎")

    assert answer.outcome is Outcome.UNKNOWN
    assert OFFICE in chat.say("共讀可以帶狗嗎")


@pytest.mark.parametrize("text", ["火星怎麼去", "今天天氣如何", "幫我寫一首詩", "1+1等於多少"])
def test_what_no_plan_is_about_is_not_answered_and_the_plans_are_offered(
    chat: Chat, text: str
) -> None:
    answer = chat.ask(text)

    assert answer.outcome is Outcome.UNKNOWN
    assert cards(answer)[0].tone is Tone.UNKNOWN
    assert answer.quick


def test_what_is_unknown_offers_the_nearest_that_can_be_pressed(real_chat: Chat) -> None:
    answer = real_chat.ask("酷課師認證的報名費用可以刷卡分期嗎")
    pressed = [real_chat.press(b.data) for b in answer.quick if b.data.startswith("entry=")]

    assert answer.outcome is Outcome.UNKNOWN
    assert [p.outcome for p in pressed if p.outcome is Outcome.CHAT] == []


def test_a_gap_says_that_the_plan_does_not_say_it_and_whom_to_ask(chat: Chat) -> None:
    answer = chat.ask("共讀工作坊會供餐嗎")
    (card,) = cards(answer)

    assert (answer.outcome, card.tone) == (Outcome.UNKNOWN, Tone.UNKNOWN)
    assert "沒有說明" in card.lead
    assert OFFICE in "".join(card.facts)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("共讀的說明會在哪裡", "地點"),
        ("共讀的說明會幾點", "時間"),
        ("共讀的說明會要多少錢", "金額"),
        ("共讀的活動相片要幾MB", "幾mb"),
        ("共讀的讀後心得要幾頁", "幾頁"),
    ],
)
def test_what_an_entry_does_not_tell_is_said_before_what_it_tells(
    chat: Chat, question: str, missing: str
) -> None:
    answer = chat.ask(question)
    (card,) = cards(answer)

    assert answer.outcome is Outcome.UNKNOWN
    assert missing in card.lead
    assert OFFICE in "".join(card.facts)


def test_what_an_entry_does_tell_is_not_missed(chat: Chat) -> None:
    assert "大墩文化中心" in chat.say("共讀的工作坊在哪裡")
    assert "13:30" in chat.say("共讀的工作坊幾點開始")


def test_where_the_document_disagrees_both_values_stand_with_their_clauses(chat: Chat) -> None:
    (card,) = cards(chat.ask("共讀的書單什麼時候回報"))
    said = "\n".join(card.facts)

    assert card.tone is Tone.CONFLICT
    assert [v for v in ("9月8日（玖、二）", "9月15日（附件1）") if v not in said] == []
    assert {"玖、二", "附件1"} <= set(card.sources)


def test_whether_it_is_too_late_for_a_session_is_told_with_the_session_s_day(chat: Chat) -> None:
    chat.at = datetime.fromisoformat("2022-07-10T09:00+08:00")

    (card,) = cards(chat.ask("共讀工作坊現在報名還來得及嗎"))
    assert [fact for fact in card.facts if "那場是" in fact] == [
        "B組：111年7月13日(三)｜還有3天截止（那場是7月15日(五) 13:30）"
    ]

    (card,) = cards(chat.ask("共讀工作坊報名到什麼時候"))
    assert "那場是" not in str(card)

    chat.at = datetime.fromisoformat("2022-07-16T09:00+08:00")
    (card,) = cards(chat.ask("共讀工作坊現在報名還來得及嗎"))
    assert len([fact for fact in card.facts if "那場是" in fact]) == 2


@pytest.mark.parametrize("question", ["共讀報名到什麼時候", "共讀現在報名還來得及嗎"])
def test_a_deadline_that_has_passed_says_so(chat: Chat, question: str) -> None:
    chat.at = datetime.fromisoformat("2022-09-01T09:00+08:00")
    (card,) = cards(chat.ask(question))

    assert card.tone is Tone.PAST
    assert "結束" in card.state or "截止" in card.state


@pytest.mark.parametrize(
    ("at", "first"),
    [
        ("2022-11-30T16:59+08:00", "還來得及"),
        ("2022-11-30T17:00+08:00", "還來得及"),  # the last minute still counts
        ("2022-11-30T17:01+08:00", "已經截止"),
    ],
)
def test_whether_it_is_too_late_comes_first_and_is_right_to_the_minute(
    chat: Chat, at: str, first: str
) -> None:
    chat.at = datetime.fromisoformat(at)

    assert cards(chat.ask("共讀的成果上傳還來得及嗎"))[0].lead.startswith(first)


def test_midnight_of_taipei_is_a_new_day_though_not_in_utc(chat: Chat) -> None:
    chat.at = datetime.fromisoformat("2022-11-29T16:30+00:00")  # half past midnight of the 30th

    assert "今天截止" in chat.say("共讀的成果什麼時候要上傳")


@pytest.mark.parametrize(
    "data", ["entry=reading/110#workshop", "entry=gone", "entry=", "", "nothing=1", "entry", "=="]
)
def test_an_old_button_gets_a_plain_sentence(chat: Chat, data: str) -> None:
    answer = chat.press(data)

    assert answer.outcome is Outcome.CHAT
    assert chat.talk == Talk()
    assert answer.quick


def test_a_button_shows_its_entry_and_the_talk_goes_on_from_it(chat: Chat) -> None:
    answer = chat.press("entry=reading/111#workshop")

    assert answer.why.entry == "workshop"
    assert "7月15日" in chat.say("B組呢")


def test_a_gap_asked_word_for_word_is_what_is_meant(real_chat: Chat) -> None:
    assert "沒有說明發布日期" in real_chat.say("酷課師即日起是哪一天")


def test_a_word_inside_a_question_does_not_split_it(real_chat: Chat) -> None:
    assert split_questions("分校可以另外申請嗎") == ["分校可以另外申請嗎"]
    assert len(split_questions("報名到幾號，另外費用多少")) == 2
