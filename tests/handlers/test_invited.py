"""An invitation code gives its role once, to one person, in a chat of their own."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text

from bot.cli.plain import plain
from bot.messages import SILENCE
from bot.model.invitation_code import SIGNS, find_code, hash_of, new_code
from bot.store import invitations
from bot.store.people import Role
from bot.store.tables import Event, Invitation, Question, TalkRow
from tests.handlers.whole_bot import JUNE, OTHER, TEACHER, Bot, labels

WRONG = "K7QM-2F9X-4TRW"


@pytest.fixture
def code(bot: Bot) -> str:
    with bot.office.engine.begin() as db:
        return invitations.invite(db, "default", Role.STAFF, JUNE, timedelta(days=7))


def kept(engine: Engine) -> str:
    """All that the database knows."""
    with engine.connect() as db:
        tables = (Event, Invitation, Question, TalkRow)
        return str([tuple(row) for table in tables for row in db.execute(select(table.__table__))])


def test_a_code_is_long_and_has_no_signs_that_look_alike() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert len(SIGNS) ** 12 > 2**50
    assert not set("".join(codes)) & set("0O1IL5SBZU")
    assert all(find_code(code) == code.replace("-", "") for code in codes)


@pytest.mark.parametrize(
    "written",
    [
        "邀請碼 {}",
        "{}",
        "邀請碼：{}",
        "我的邀請碼是{}",
        "　{}　",
        "「{}」",
    ],
)
@pytest.mark.parametrize(
    "manner",
    [
        str,
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", "－"),
        lambda code: "".join(chr(ord(sign) + 0xFEE0) for sign in code),
        lambda code: " ".join(code),
    ],
)
def test_a_code_gives_the_role_however_it_is_written(
    bot: Bot, code: str, written: str, manner: object
) -> None:
    answer = bot.ask(written.format(manner(code)))  # type: ignore[operator]

    assert bot.role(TEACHER) is Role.STAFF
    assert labels(answer) == ["待答問題"]


def test_a_code_gives_the_role_once(bot: Bot, code: str) -> None:
    bot.ask(code)

    said = bot.say(code, OTHER)

    assert "已經用過了" in said
    assert "再要一組新的" in said
    assert bot.role(OTHER) is Role.ANYBODY


def test_staff_do_not_use_up_a_second_code(bot: Bot, code: str) -> None:
    bot.ask(code)
    with bot.office.engine.begin() as db:
        second = invitations.invite(db, "default", Role.STAFF, JUNE, timedelta(days=7))

    said = bot.say(second)
    bot.ask(second, OTHER)

    assert "您已經是承辦人員了" in said
    assert bot.role(OTHER) is Role.STAFF


def test_a_code_of_last_week_is_over(bot: Bot, code: str) -> None:
    bot.at = JUNE + timedelta(days=7)

    assert "已經過期了" in bot.say(code)
    assert bot.role(TEACHER) is Role.ANYBODY


@pytest.mark.parametrize(
    "words", [WRONG, f"邀請碼 {WRONG}", "邀請碼 12345", "邀請碼 K7QM-2F9X-4T", "邀請碼 OOOO"]
)
def test_a_code_that_nobody_gave_out_is_told_so(bot: Bot, words: str) -> None:
    said = bot.say(words)

    assert "沒有這組邀請碼" in said
    assert "向承辦單位確認" in said
    assert bot.role(TEACHER) is Role.ANYBODY


def test_the_word_alone_says_how_it_is_done(bot: Bot) -> None:
    assert "寫在後面一起傳" in bot.say("邀請碼")


@pytest.mark.parametrize(
    "words",
    [
        "邀請碼要跟誰拿",
        "registration",
        "112345678912",
        "共讀的說明會哪一天",
        "A123456789",
        "邀請碼?",
    ],
)
def test_other_words_are_no_code(words: str) -> None:
    assert find_code(words) is None


def test_after_five_wrong_codes_even_the_right_one_waits_an_hour(bot: Bot, code: str) -> None:
    for _ in range(5):
        bot.ask(WRONG)

    refused = bot.say(code)
    bot.at += timedelta(hours=1)

    assert "請一小時後再試" in refused
    assert bot.role(TEACHER) is Role.ANYBODY
    assert "已為您開通" in bot.say(code)


def test_being_refused_does_not_draw_out_the_hour(bot: Bot, code: str) -> None:
    for _ in range(5):
        bot.ask(WRONG)
    for _ in range(10):
        bot.ask(WRONG)
        bot.at += timedelta(minutes=5)

    assert "已為您開通" in bot.say(code)


def test_one_persons_wrong_codes_do_not_hinder_another(bot: Bot, code: str) -> None:
    for _ in range(6):
        bot.ask(WRONG)

    assert "已為您開通" in bot.say(code, OTHER)


def test_wrong_codes_far_apart_do_not_add_up(bot: Bot, code: str) -> None:
    for _ in range(8):
        bot.ask(WRONG)
        bot.at += timedelta(hours=1)

    assert "已為您開通" in bot.say(code)


def test_in_a_group_a_code_is_warned_about_and_not_taken(bot: Bot, code: str) -> None:
    mentioned = bot.say(code, chat_id="G", in_group=True, mentioned=True)
    unmentioned = bot.say(code, chat_id="G", in_group=True)

    assert "不要貼在群組裡" in mentioned
    assert unmentioned == plain(SILENCE)
    assert bot.role(TEACHER) is Role.ANYBODY


def test_no_code_is_kept_or_logged_as_it_is(
    bot: Bot, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    bare = code.replace("-", "")
    with caplog.at_level(logging.DEBUG):
        bot.ask(f"邀請碼 {WRONG}")
        bot.ask(code, chat_id="G", in_group=True, mentioned=True)
        bot.ask(code)

    everything = kept(bot.office.engine) + caplog.text
    assert [c for c in (code, bare, WRONG, WRONG.replace("-", "")) if c in everything] == []
    assert hash_of(code) in everything


def test_a_code_is_not_noted_where_handling_it_broke(bot: Bot, code: str) -> None:
    with bot.office.engine.begin() as db:
        db.execute(text("DROP TABLE invitation"))

    bot.ask(code)

    with bot.office.engine.connect() as db:
        assert db.scalars(select(Question.text)).all() == []


def test_a_code_in_a_sentence_is_kept_nowhere(bot: Bot, code: str) -> None:
    bot.ask(f"共讀工作坊會供餐嗎，我有{code}這組碼")
    bot.ask(f"我的邀請碼{code}可以給同事用嗎")

    assert [c for c in (code, code.replace("-", "")) if c in kept(bot.office.engine)] == []
    assert "〈邀請碼〉" in kept(bot.office.engine)
