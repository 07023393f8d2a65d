"""連結主控台 CODE in the chat: who holds an account, told once, by nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from bot.model.staff_roles import StaffRole
from bot.store import account_links, accounts, audit, traces
from bot.store.audit import Wanted
from bot.store.tables import Question
from tests.handlers.whole_bot import OTHER, TEACHER, Bot


@pytest.fixture
def account_id(bot: Bot) -> str:
    with bot.office.engine.begin() as db:
        made = accounts.add(db, "default", "sender@example.tw", StaffRole.SENDER, bot.at)
    assert made
    return made.id


def code_of(bot: Bot, account_id: str) -> str:
    with bot.office.engine.begin() as db:
        return account_links.offer(db, "default", account_id, bot.at)


def holder(engine: Engine, account_id: str) -> str:
    with engine.connect() as db:
        return account_links.user_of(db, "default", account_id)


def test_the_code_links_its_sender_once(bot: Bot, account_id: str) -> None:
    code = code_of(bot, account_id)

    said = bot.say(f"連結主控台 {code.lower()}", TEACHER)
    again = bot.say(f"連結主控台 {code}", OTHER)

    assert "已連結主控台帳號 sender@example.tw" in said
    assert "沒有這組連結碼" in again
    assert holder(bot.office.engine, account_id) == TEACHER
    with bot.office.engine.connect() as db:
        [note] = audit.listed(db, "default", Wanted())
        assert not db.scalars(select(Question.text)).all()
    assert TEACHER not in str(note)


def test_an_old_code_a_newer_ones_elder_and_a_group_link_nobody(bot: Bot, account_id: str) -> None:
    elder = code_of(bot, account_id)
    code = code_of(bot, account_id)
    group = {"chat_id": "C-group", "in_group": True, "mentioned": True}

    said = [bot.say(f"連結主控台 {elder}"), bot.say(f"連結主控台 {code}", **group)]
    bot.at += timedelta(minutes=16)
    said += [bot.say(f"連結主控台 {code}"), bot.say("連結主控台")]

    assert "沒有這組" in said[0]
    assert "一對一" in said[1]
    assert "過期" in said[2]
    assert "寫在後面" in said[3]
    assert holder(bot.office.engine, account_id) == ""


def test_nobody_goes_through_codes(bot: Bot, account_id: str) -> None:
    for _ in range(5):
        bot.say("連結主控台 2222-AAAA-3333")

    assert "一小時後" in bot.say(f"連結主控台 {code_of(bot, account_id)}")
    assert holder(bot.office.engine, account_id) == ""


def test_whoever_is_erased_holds_no_account(bot: Bot, account_id: str) -> None:
    bot.say(f"連結主控台 {code_of(bot, account_id)}", TEACHER)

    with bot.office.engine.begin() as db:
        shown = traces.all_of(db, "default", TEACHER)
        traces.erase(db, "default", TEACHER, bot.at)

    assert "account_link" in shown
    assert holder(bot.office.engine, account_id) == ""
