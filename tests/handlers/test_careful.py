"""Where a wrong answer would be easy, the bot is careful."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.premise import is_premise_wrong
from bot.handlers.ask import answer_question
from bot.messages import Outcome, Row
from bot.model.talk import Talk
from tests.handlers.chat import Chat, cards
from tests.understand.dressing import AFTER, BEFORE
from tests.understand.plans import first_turns, real_reader


@pytest.mark.parametrize(
    ("question", "said", "wrong"),
    [
        ("要選3門對嗎", "非同步課程 2門", True),
        ("要選2門對嗎", "非同步課程 2門", False),
        ("要選3門嗎", "非同步課程 2門", False),  # asks, and takes nothing for granted
        ("每校補助300000元對吧", "每校15份", False),  # another unit proves nothing
        ("1小時2000元沒錯吧", "每小時1,500元", True),
        ("要5位對吧", "至少5人", False),
    ],
)
def test_a_figure_taken_for_granted_is_held_against_the_answer(
    question: str, said: str, wrong: bool
) -> None:
    assert is_premise_wrong(question, said) is wrong


def test_a_wrong_premise_is_corrected_first(real_chat: Chat) -> None:
    assert cards(real_chat.ask("酷課師非同步課要選3門對嗎"))[0].lead.startswith("不是。")


def test_a_right_premise_is_answered_without_a_no(real_chat: Chat) -> None:
    assert not cards(real_chat.ask("酷課師非同步課要選2門對嗎"))[0].lead.startswith("不是")


def test_two_deadlines_that_may_both_be_meant_are_both_shown(real_chat: Chat) -> None:
    real_chat.at = datetime.fromisoformat("2018-10-15T09:00+08:00")

    answer = real_chat.ask("行動學習要上傳的資料現在還可以補嗎")

    (row,) = answer.parts
    assert isinstance(row, Row)
    said = "\n".join(card.lead for card in row.cards)
    assert "還來得及" in said
    assert "來不及了" in said


def test_a_known_gap_is_told_rather_than_its_occasion(real_chat: Chat) -> None:
    answer = real_chat.ask("行動學習啟動會議那天有午餐嗎 可以停車嗎")

    assert answer.outcome is Outcome.UNKNOWN
    assert "沒有說明" in cards(answer)[0].lead


def test_a_number_with_nothing_offered_is_no_choice(real_chat: Chat) -> None:
    assert real_chat.ask("第一個").outcome is Outcome.UNKNOWN


def test_what_the_plan_nowhere_speaks_of_is_not_answered_by_its_occasion(real_chat: Chat) -> None:
    answer = real_chat.ask("酷課師可以養寵物鸚鵡嗎")

    assert answer.outcome is Outcome.UNKNOWN


def test_a_year_beside_the_plans_name_is_part_of_the_name(real_chat: Chat) -> None:
    real_chat.at = datetime.fromisoformat("2018-03-15T10:00+08:00")

    lead = cards(real_chat.ask("現在還可以申請107年的行動學習嗎"))[0].lead

    assert lead.startswith("已經截止，來不及了。")
    assert "9月29日" in lead


@given(st.sampled_from(first_turns()), st.sampled_from(BEFORE), st.sampled_from(AFTER))
@settings(max_examples=40)
def test_politeness_and_marks_around_a_question_never_change_the_entry(
    question: str, before: str, after: str
) -> None:
    reader = real_reader()
    now = datetime.fromisoformat("2022-06-15T09:00+08:00")
    plain = answer_question(question, Talk(), reader, now).answer.why
    dressed = answer_question(f"{before}{question}{after}", Talk(), reader, now).answer.why

    assert (dressed.plan, dressed.entry) == (plain.plan, plain.entry)


def test_a_month_that_is_only_planned_is_not_too_late_when_it_has_passed(real_chat: Chat) -> None:
    real_chat.at = datetime.fromisoformat("2018-12-20T09:00+08:00")

    said = real_chat.say("行動學習教案還能補交嗎")

    assert "來不及了" not in said
    assert "預定的時間已經過了" in said
    assert "107年12月31日" in said
