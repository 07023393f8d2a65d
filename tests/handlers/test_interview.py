"""The eligibility interview: begun, answered, left, resumed, corrected, begun again."""

from datetime import datetime, timedelta

import pytest

from bot.messages import Kind, Outcome, Text, Tone
from bot.model.talk import Talk
from bot.store import interviews
from tests.handlers.chat import Chat
from tests.handlers.interviewed import COMMUNITY, COOC, first, says, start, told


@pytest.fixture
def teacher(real_chat: Chat) -> Chat:
    return real_chat


@pytest.fixture
def community(real_chat: Chat) -> Chat:
    real_chat.at = datetime.fromisoformat("2023-09-01T09:00+08:00")
    return real_chat


@pytest.mark.parametrize("text", ["我可以報名嗎", "我有資格嗎", "幫我檢查資格", "資格檢查"])
def test_without_a_plan_it_is_asked_which_one(teacher: Chat, text: str) -> None:
    answer = teacher.ask(text)

    assert answer.outcome is Outcome.ASKED
    assert "check=cooc-teacher" in [b.data for b in answer.quick]


def test_a_plan_of_several_matters_is_asked_which_and_one_of_one_begins(teacher: Chat) -> None:
    several = teacher.press("check=cooc-teacher")
    assert several.quick[0].data == f"check={COOC}"

    assert "幾人" in first(teacher.press("check=digital-community")).lead


@pytest.mark.parametrize("said", ["1", "報名資格", "報名資格。"])
def test_the_matter_may_be_told_by_its_number_or_its_title(teacher: Chat, said: str) -> None:
    teacher.ask("幫我檢查酷課師資格")
    begun = teacher.ask(said)

    assert "幾小時" in first(begun).lead
    assert says(begun) == ["3小時以上", "沒有", "不確定"]


@pytest.mark.parametrize("said", ["3", "臺北111酷課師認證"])
def test_the_plan_may_be_told_by_its_number_or_its_name(teacher: Chat, said: str) -> None:
    teacher.ask("我可以報名嗎")

    assert "哪一項資格" in first(teacher.ask(said)).lead


def test_another_question_in_place_of_a_choice_is_answered(teacher: Chat) -> None:
    teacher.ask("我可以報名嗎")

    assert "2720-8889" in teacher.say("酷課師的承辦電話幾號")


@pytest.mark.parametrize("text", ["幫我檢查數位社群資格", "檢查社群的資格", "社群資格檢查"])
def test_a_plan_that_is_named_begins_at_once(community: Chat, text: str) -> None:
    assert "幾人" in first(community.ask(text)).lead


def test_a_button_of_a_plan_that_is_gone_asks_which(teacher: Chat) -> None:
    assert teacher.press("check=gone/1#x").outcome is Outcome.ASKED


def test_what_was_told_and_is_not_enough_is_named_beside_the_next_question(teacher: Chat) -> None:
    start(teacher, COOC)
    card = first(teacher.ask("沒有"))

    assert "每週" in card.lead
    assert "沒有達到" in card.facts[0]
    assert "3小時" in card.facts[0]


def test_it_can_be_left_and_resumed(teacher: Chat) -> None:
    start(teacher, COOC)
    teacher.ask("沒有")
    other = teacher.ask("酷課師的承辦電話幾號")

    assert "2720-8889" in "".join(first(other).facts) + first(other).lead
    assert "繼續檢查資格" in says(other)
    assert "每週" in first(teacher.ask("繼續檢查資格")).lead


def test_it_is_resumed_days_later(teacher: Chat) -> None:
    start(teacher, COOC)
    teacher.ask("沒有")
    teacher.at += timedelta(days=9)
    other = teacher.ask("酷課師的承辦電話幾號")

    assert "繼續檢查資格" not in says(other), "no longer offered"
    assert "每週" in first(teacher.ask("繼續檢查資格")).lead


def test_what_was_told_days_ago_is_used_and_said(teacher: Chat) -> None:
    start(teacher, COOC)
    teacher.ask("3小時以上")
    teacher.at += timedelta(days=2)
    card = first(teacher.ask("我可以報名酷課師認證嗎"))

    assert card.lead.startswith("符合")
    assert "依您先前說的：107年至111年酷課雲基礎研習時數：3小時" in "".join(card.facts)


def test_nothing_to_resume_asks_which(teacher: Chat) -> None:
    answer = teacher.ask("繼續檢查資格")

    assert answer.outcome is Outcome.ASKED
    assert "沒有檢查到一半" in first(answer).lead


def test_what_was_said_may_be_corrected(teacher: Chat) -> None:
    start(teacher, COOC)
    assert first(teacher.ask("3小時以上")).lead.startswith("符合")
    assert first(teacher.ask("更正，我只有2小時")).tone is Tone.ASK
    assert first(teacher.ask("更正，我有3小時")).lead.startswith("符合")
    teacher.ask("更正，我有0小時")
    teacher.ask("剛剛說錯了，我沒當過講師")

    assert told(teacher)[COOC] == {"basic-hours": "0", "special-lecturer": "false"}


def test_a_correction_finds_the_interview_that_was_left(teacher: Chat) -> None:
    start(teacher, COOC)
    teacher.ask("沒有")
    teacher.ask("酷課師的承辦電話幾號")

    assert first(teacher.ask("更正，我有3小時")).lead.startswith("符合")


def test_it_can_be_begun_again(teacher: Chat) -> None:
    start(teacher, COOC)
    teacher.ask("沒有")
    teacher.ask("是")
    answer = teacher.ask("重新檢查資格")

    assert isinstance(answer.parts[0], Text)
    assert "幾小時" in first(answer).lead
    assert told(teacher) == {COOC: {}}


@pytest.mark.parametrize(
    ("said", "kept"), [("不到3小時", "2.9"), ("2.9小時", "2.9"), ("3", "3"), ("三小時", "3")]
)
def test_a_number_is_heard_in_many_ways(teacher: Chat, said: str, kept: str) -> None:
    start(teacher, COOC)
    teacher.ask(said)

    assert told(teacher)[COOC]["basic-hours"] == kept


@pytest.mark.parametrize("said", ["不到10小時", "未滿5小時"])
def test_a_bound_that_decides_nothing_is_not_taken_for_a_number(teacher: Chat, said: str) -> None:
    start(teacher, COOC)
    teacher.ask(said)

    assert "basic-hours" not in told(teacher)[COOC]


@pytest.mark.parametrize("said", ["-1小時", "-3", "負2小時"])
def test_less_than_nothing_is_asked_again(teacher: Chat, said: str) -> None:
    start(teacher, COOC)
    card = first(teacher.ask(said))

    assert "不能小於0" in card.lead
    assert told(teacher)[COOC] == {}
    assert teacher.talk.expects == "fact:basic-hours"


def test_each_matter_keeps_its_own_facts(real_chat: Chat) -> None:
    start(real_chat, COOC)
    real_chat.ask("沒有")
    start(real_chat, COMMUNITY)
    real_chat.ask("4人")

    assert told(real_chat) == {COOC: {"basic-hours": "0"}, COMMUNITY: {"team-size": "4"}}


def test_what_was_told_can_be_erased(teacher: Chat) -> None:
    start(teacher, COOC)
    teacher.ask("3小時以上")
    interviews.forget(teacher.db, "C", teacher.user)

    assert first(teacher.ask("我可以報名酷課師認證嗎")).tone is Tone.ASK


def test_the_talk_keeps_no_second_copy(teacher: Chat) -> None:
    start(teacher, COOC)
    teacher.ask("3小時以上")

    assert teacher.talk.facts == {}


def test_in_a_group_nothing_is_kept_and_the_interview_is_led_in_private(teacher: Chat) -> None:
    group = {"chat_id": "G", "in_group": True, "mentioned": True}
    answer = teacher.send(Kind.TEXT, text="幫我檢查資格", **group)
    teacher.send(Kind.TEXT, text="我111年上過基礎研習3小時，可以報名酷課師嗎", **group)

    assert isinstance(answer.parts[0], Text)
    assert "一對一" in answer.parts[0].text
    assert told(teacher) == {}
    assert teacher.talk.facts


def test_a_new_talk_after_a_day_still_knows_the_person(teacher: Chat) -> None:
    start(teacher, COOC)
    teacher.ask("沒有")
    teacher.talk = Talk()

    assert "每週" in first(start(teacher, COOC)).lead
