"""What a follow-up leaves out is taken from the talk, for as long as the talk is about it."""

from datetime import datetime, timedelta

import pytest

from bot.messages import Outcome
from bot.model.talk import FORGET_AFTER
from tests.handlers.chat import Chat, cards


@pytest.mark.parametrize(
    ("group", "day", "other"), [("A組呢", "7月8日", "7月15日"), ("那B組呢", "7月15日", "7月8日")]
)
def test_another_group_is_asked_of_the_same_date(
    chat: Chat, group: str, day: str, other: str
) -> None:
    chat.ask("共讀的工作坊什麼時候")
    answer = chat.say(group)

    assert day in answer
    assert other not in answer


def test_what_the_bot_asks_for_is_worked_into_the_answer(chat: Chat) -> None:
    first = chat.say("共讀的活動相片要幾張")

    assert "A組還是B組" in first
    assert "8張" in chat.say("B組")


@pytest.mark.parametrize(
    ("classes", "cost"),
    [
        ("1班", "10萬~14萬"),
        ("5班", "30萬~42萬"),
        ("我們有五班", "30萬~42萬"),
        ("那2班呢", "15萬~21萬"),
    ],
)
def test_a_number_of_classes_works_the_amount_out(chat: Chat, classes: str, cost: str) -> None:
    chat.ask("共讀的購書經費多少錢")

    assert cost in chat.say(classes)


def test_a_number_in_the_question_itself_is_worked_in(chat: Chat) -> None:
    assert "共10份" in chat.say("5班要交幾份讀後心得")
    assert "24,000元" in chat.say("紙張費最多多少")
    assert "6,000元" in chat.say("總額2萬元的話紙張費最多多少")


def test_another_entry_of_the_plan_is_found_without_its_name(chat: Chat) -> None:
    chat.ask("共讀的說明會哪一天")

    assert chat.ask("報名到什麼時候").why.plan == "reading"
    assert chat.ask("聯絡電話").why.entry == "office"


def test_naming_another_plan_switches_to_it(chat: Chat) -> None:
    chat.ask("共讀的說明會哪一天")

    assert chat.ask("那觀星呢，報名到什麼時候").why.plan == "stars"
    assert chat.ask("觀星夜哪一天").why.plan == "stars"
    assert chat.talk.plan == "stars"
    assert chat.ask("共讀的工作坊呢").why.plan == "reading"


def test_after_half_a_day_nothing_is_carried_over(chat: Chat) -> None:
    chat.ask("共讀的工作坊什麼時候")
    chat.at += FORGET_AFTER + timedelta(minutes=1)

    assert chat.ask("B組呢").outcome is not Outcome.ANSWERED


def test_what_falls_in_a_month_is_listed_across_the_plans(chat: Chat) -> None:
    answer = chat.ask("7月有什麼")
    lines = "".join(cards(answer)[0].facts)

    assert [d for d in ("7月6日", "7月8日", "7月13日", "7月15日") if d not in lines] == []


def test_what_falls_on_a_day_is_told_and_another_day_follows(chat: Chat) -> None:
    assert "說書工作坊" in chat.say("共讀7月8日有什麼")
    assert "工作坊報名截止" in chat.say("那7月6日呢")
    assert "沒有查到" in chat.say("那7月7日呢")


def test_two_questions_of_one_message_are_both_answered(chat: Chat) -> None:
    said = chat.say("共讀的說明會哪一天？觀星夜哪一天？")

    assert "5月20日" in said
    assert "3月24日" in said
    assert chat.talk.plan == "stars"


def test_the_second_question_of_a_message_may_lean_on_the_first(chat: Chat) -> None:
    said = chat.say("共讀的說明會哪一天？聯絡電話是？")

    assert "5月20日" in said
    assert "04-22289111" in said


@pytest.mark.parametrize(
    ("at", "turns", "holds"),
    [
        (
            "2022-06-01T09:00+08:00",
            ("酷課師認證第一梯次線上教室II什麼時候上課", "第二梯次呢"),
            ("6月8日", "7月8日"),
        ),
        (
            "2023-09-01T09:00+08:00",
            ("數位社群A組最少要幾人", "那B組呢"),
            ("3人", "5人"),
        ),
        (
            "2018-03-01T09:00+08:00",
            ("行動學習3班要交幾份教師心得", "那5班呢"),
            ("6份", "10份"),
        ),
        (
            "2023-09-05T09:00+08:00",
            ("社群講師費多少", "校內的呢"),
            ("2,000元", "1,000元"),
        ),
        (
            "2019-09-10T09:00+08:00",
            ("學習歷程導師可以認證嗎", "輔導老師呢"),
            ("可以，導師有", "不行，輔導老師沒有「課程學習成果認證」"),
        ),
    ],
)
def test_real_plans_are_followed_over_turns(
    real_chat: Chat, at: str, turns: tuple[str, str], holds: tuple[str, str]
) -> None:
    real_chat.at = datetime.fromisoformat(at)
    said = [real_chat.say(turn) for turn in turns]

    assert [h for h, answer in zip(holds, said, strict=True) if h not in answer] == []


def test_a_new_matter_is_not_taken_for_another_case_of_the_last(real_chat: Chat) -> None:
    real_chat.at = datetime.fromisoformat("2019-09-10T16:50+08:00")
    real_chat.say("學習歷程檔案空間多大")

    may = real_chat.say("導師可以認證嗎")
    sees = real_chat.say("輔導老師可以看什麼")

    assert "課程學習成果認證" in may
    assert "瀏覽學生學習歷程資料" in sees
    assert "150MB" not in may + sees


def test_a_short_question_may_be_about_what_the_last_answer_leads_to(real_chat: Chat) -> None:
    real_chat.at = datetime.fromisoformat("2022-06-02T09:00+08:00")
    real_chat.say("酷課師證書什麼時候拿")

    assert "數位「酷課師證書」" in real_chat.say("是紙本嗎")


def test_when_is_asked_of_what_tells_it_where_the_last_answer_does_not(real_chat: Chat) -> None:
    real_chat.at = datetime.fromisoformat("2023-09-05T09:00+08:00")
    first = real_chat.ask("社群期中要做什麼")

    assert first.why.because == "gap"
    assert "112年11月" in real_chat.say("什麼時候")


def test_what_a_talk_is_about_is_kept_over_short_questions(real_chat: Chat) -> None:
    real_chat.at = datetime.fromisoformat("2018-02-10T09:00+08:00")
    for turn in ("教練學校資格", "補助多少"):
        real_chat.say(turn)

    assert real_chat.ask("要做什麼").why.entry == "coach-track"


def test_whose_data_it_is_does_not_say_who_sees_them(real_chat: Chat) -> None:
    real_chat.at = datetime.fromisoformat("2019-09-10T09:00+08:00")
    real_chat.say("校管理者可以做什麼")

    assert "不行，校管理者沒有" in real_chat.say("可以看學生資料嗎")
