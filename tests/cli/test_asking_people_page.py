"""`bot run` on a phone: a question goes to staff, and their answer comes by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, select

from bot import clock
from bot.handlers import telling
from bot.model.reminders import NoticeKind
from bot.simulator.people import STAFF
from bot.store import people, referrals
from bot.store.engine import open_engine
from bot.store.people import Role
from bot.store.tables import OutboxRow, OutboxState
from tests.cli.process import free_port, started, wait_for

QUESTION = "火星怎麼去"
AGAIN, NOT_FOUND = "月球怎麼去", "這份計畫裡找不到您問的這一點"
ANSWER = "坐火箭，下週三出發。"


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def phone(phone_page: Page, sqlite_url: str) -> Iterator[Page]:
    """The simulator of a running bot, the first sample person writing."""
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    with started("run", "--sample", database_url=sqlite_url, port=port):
        wait_for(f"{here}/healthz")
        phone_page.goto(f"{here}/simulator")
        expect(phone_page.get_by_text("直接問師鐘就可以")).to_be_visible()
        yield phone_page
        phone_page.goto("about:blank")


def say(page: Page, words: str) -> None:
    page.get_by_label("輸入訊息").fill(words)
    page.get_by_label("輸入訊息").press("Enter")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def answer_all(engine: Engine) -> None:
    """Staff answers what waits."""
    with engine.begin() as db:
        for passed in referrals.open_ones(db, "default"):
            done = referrals.answer(db, passed, ANSWER, STAFF.user_id, clock.now())
            assert done
            telling.announce(db, done, clock.now())


def test_a_question_is_passed_on_and_its_answer_is_pushed(phone: Page, engine: Engine) -> None:
    chat = phone.get_by_role("log")
    say(phone, QUESTION)
    press(phone, "轉給承辦人員")
    expect(chat.get_by_text("已轉給承辦人員。有答覆時")).to_be_visible()
    press(phone, "有答覆時通知我")
    expect(chat.get_by_text("我會傳訊息通知您")).to_be_visible()

    answer_all(engine)

    expect(chat.get_by_text(ANSWER)).to_be_visible()
    expect(chat.get_by_text(f"您問的是「{QUESTION}」")).to_have_count(2)
    say(phone, AGAIN)
    expect(chat.get_by_text(NOT_FOUND)).to_have_count(2)
    expect(chat.get_by_text(ANSWER)).to_have_count(1)
    with engine.connect() as db:
        assert db.scalars(
            select(OutboxRow.state).where(OutboxRow.kind == NoticeKind.ANSWER)
        ).all() == [OutboxState.SENT]


def test_whoever_did_not_ask_for_a_push_reads_the_answer_with_the_next_reply(
    phone: Page, engine: Engine
) -> None:
    chat = phone.get_by_role("log")
    say(phone, QUESTION)
    press(phone, "轉給承辦人員")
    expect(chat.get_by_text("已轉給承辦人員。有答覆時")).to_be_visible()

    answer_all(engine)
    say(phone, AGAIN)

    expect(chat.get_by_text(ANSWER)).to_be_visible()
    expect(chat.get_by_text(NOT_FOUND)).to_have_count(2)


def test_one_of_the_sample_people_is_staff(phone: Page, engine: Engine) -> None:
    expect(phone.get_by_label("輸入訊息")).to_be_visible()

    with engine.connect() as db:
        assert people.role_of(db, "default", STAFF.user_id) is Role.STAFF
