"""What is said where no question is asked: greetings, help, thanks, pictures, groups."""

import pytest

from bot.handlers.table import HANDLERS
from bot.messages import SILENCE, Kind, Outcome, Text
from bot.model.talk import Talk
from tests.handlers.chat import Chat, cards

MEDIA = [Kind.STICKER, Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE, Kind.LOCATION]
NO_WORDS = [Kind.OTHER, Kind.UNSEND, Kind.UNFOLLOW]
PLANS = ["臺中111晨間共讀", "臺南112校園觀星"]


@pytest.mark.parametrize(
    "text", ["你好", "您好！", "Hi", "ｈｅｌｌｏ", "早安～", "你會什麼", "怎麼用？", "help"]
)
def test_a_greeting_or_a_call_for_help_is_answered_with_what_can_be_asked(
    chat: Chat, text: str
) -> None:
    answer = chat.ask(text)

    assert answer.outcome is Outcome.CHAT
    assert [p for p in PLANS if p not in "".join(cards(answer)[0].facts)] == []
    assert answer.quick


@pytest.mark.parametrize(
    "text", ["有哪些計畫", "你有哪些計畫？", "目前有什麼計畫可以問", "收錄了哪些計畫"]
)
def test_asking_for_the_plans_lists_them_with_a_button_each(chat: Chat, text: str) -> None:
    answer = chat.ask(text)

    assert [b.say for b in answer.quick] == PLANS
    assert len(cards(answer)[0].facts) == len(PLANS)


def test_a_tapped_example_is_answered(chat: Chat) -> None:
    example = chat.ask("你好").quick[0]

    assert chat.ask(example.say).outcome is Outcome.ANSWERED


def test_a_plans_name_alone_asks_what_about_it(chat: Chat) -> None:
    answer = chat.ask("晨間共讀")

    assert answer.outcome is Outcome.CHAT
    assert "臺中市111年度晨間共讀實施計畫" in cards(answer)[0].lead


@pytest.mark.parametrize("text", ["謝謝", "謝謝！", "thank you", "感恩", "好的"])
def test_thanks_are_taken_and_leave_the_talk_as_it_was(chat: Chat, text: str) -> None:
    chat.ask("共讀的說明會哪一天")
    before = chat.talk
    answer = chat.ask(text)

    assert (answer.outcome, chat.talk) == (Outcome.CHAT, before)
    assert "不客氣" in chat.say(text)


@pytest.mark.parametrize("kind", MEDIA)
def test_what_is_no_text_gets_a_friendly_word_and_examples(chat: Chat, kind: Kind) -> None:
    chat.ask("共讀的說明會哪一天")
    before = chat.talk
    answer = chat.send(kind)

    assert answer.outcome is Outcome.CHAT
    assert answer.quick
    assert chat.talk == before


def test_each_kind_of_media_has_its_own_words(chat: Chat) -> None:
    said = [p.text for kind in MEDIA for p in chat.send(kind).parts if isinstance(p, Text)]

    assert len(set(said)) == len(MEDIA)


def test_somebody_who_adds_the_bot_is_welcomed_and_starts_anew(chat: Chat) -> None:
    chat.ask("共讀的說明會哪一天")
    answer = chat.send(Kind.FOLLOW)

    assert "師鐘" in cards(answer)[0].lead
    assert chat.talk == Talk()


def test_a_group_is_told_how_to_call_the_bot(chat: Chat) -> None:
    answer = chat.send(Kind.JOIN, in_group=True)

    assert "@" in "".join(p.text for p in answer.parts if isinstance(p, Text))
    assert [b.say for b in answer.quick] == PLANS


@pytest.mark.parametrize("kind", [Kind.TEXT, *MEDIA])
def test_a_group_that_does_not_call_the_bot_hears_nothing(chat: Chat, kind: Kind) -> None:
    answer = chat.send(kind, in_group=True, text="共讀的說明會哪一天")

    assert answer == SILENCE
    assert chat.talk == Talk()


def test_a_group_that_calls_the_bot_is_answered(chat: Chat) -> None:
    answer = chat.send(Kind.TEXT, in_group=True, mentioned=True, text="共讀的說明會哪一天")

    assert answer.outcome is Outcome.ANSWERED


@pytest.mark.parametrize("kind", NO_WORDS)
def test_what_nobody_said_to_the_bot_gets_no_word(chat: Chat, kind: Kind) -> None:
    assert chat.send(kind) == SILENCE


def test_a_chat_that_another_module_answers_hears_nothing(chat: Chat) -> None:
    assert chat.send(Kind.TEXT, text="你好", active=False) == SILENCE


def test_every_kind_of_event_is_answered_or_left_alone_on_purpose() -> None:
    assert {*HANDLERS, *NO_WORDS} == set(Kind)


@pytest.mark.parametrize("text", ["？？？", "👍", "。。。", "ㄅㄆㄇ", "\u200b", "asdfghjkl"])
def test_a_message_that_says_nothing_is_no_error_and_no_made_up_answer(
    chat: Chat, text: str
) -> None:
    assert chat.ask(text).outcome in (Outcome.UNKNOWN, Outcome.CHAT, Outcome.ASKED)
