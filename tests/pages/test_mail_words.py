"""What people write about reminders by mail, and what of it is none of that."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.handlers.desk import Desk
from bot.handlers.mailing import own_mail
from bot.messages import Incoming, Kind
from bot.model.talk import Talk
from bot.store.channel_tables import MailAddress
from evaluation.case_files import read_cases
from tests.pages.mailed import SHOWN, TO, Life, life_on
from tests.pages.stage import JUNE, words
from tests.source import ROOT
from tests.understand.plans import real_library, real_reader


@pytest.fixture
def lite(sqlite_url: str) -> Iterator[Life]:
    """The same on one database alone: for what depends on words only."""
    yield from life_on(sqlite_url)


@pytest.mark.parametrize(
    "typed",
    ["", "x", "a@b", "a b@c.tw", "a@b.tw,c@d.tw", "a@b.tw\nBcc: c@d.tw", "@b.tw", "a" * 999],
)
def test_what_is_no_address_is_said_on_the_page(lite: Life, typed: str) -> None:
    said = lite.stage.client().get(lite.owner.send("dates/mail", address=typed).location)

    assert "這個信箱看不懂，沒有存下" in words(said)
    with lite.stage.engine.connect() as db:
        assert db.execute(select(MailAddress)).all() == []


@pytest.mark.parametrize(
    "said", ["用電子郵件提醒我 a@b", "用 email 通知我 a@@b.tw", "寄信提醒我 a@b.tw c@d.tw"]
)
def test_what_is_no_address_is_said_in_the_chat(lite: Life, said: str) -> None:
    assert "請寫一個完整的信箱" in lite.say(said)


@pytest.mark.parametrize(
    "said",
    [
        f"用 email 提醒我 {TO}",
        f"改用電子郵件通知我，信箱是{TO}",
        f"{TO} 請用電子郵件提醒我",
        f"請寄信提醒我：{TO}謝謝",
        "用電子郵件提醒我 ｗａｎｇ.teacher＠school.edu.tw",
        f"以後提醒我用 mail {TO}",
    ],
)
def test_people_write_it_as_they_like(lite: Life, said: str) -> None:
    assert f"已寄確認信到 {SHOWN}" in lite.say(said)


@pytest.mark.parametrize(
    "said",
    [
        "系統會用電子郵件通知我嗎",
        "審查結果會以電子郵件通知",
        "承辦人的電子郵件是什麼",
        "用電子郵件提醒我報名截止",
    ],
)
def test_a_question_about_mail_stays_a_question(lite: Life, said: str) -> None:
    answer = lite.say(said)

    assert "確認信" not in answer
    assert "要用電子郵件提醒，請寫" not in answer


@pytest.mark.parametrize("path", ["confirm/x", "leave/x", "leave/" + "A" * 32])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_of_nobody_opens_nothing(lite: Life, path: str, method: str) -> None:
    answer = getattr(lite.stage.client(), method)(f"/mail/{path}")

    assert answer.status_code in (403, 404)
    assert "@" not in words(answer)


def test_no_question_of_the_cases_is_taken_for_a_wish_of_mail(lite: Life) -> None:
    read = read_cases([ROOT / "tests" / "cases"], {e.plan for e in real_library().editions})
    said = {turn.say for case in read.cases for turn in case.turns if turn.say}
    with lite.stage.engine.connect() as db:
        desk = Desk(db=db, reader=real_reader(), talk=Talk(), links=lite.stage.links, mails=True)
        taken = [one for one in said if own_mail(words_of(one), desk)]

    assert len(said) > 1000
    assert taken == []


def words_of(text: str) -> Incoming:
    return Incoming(
        event_id="E",
        kind=Kind.TEXT,
        at=JUNE,
        channel_id="default",
        chat_id="U",
        user_id="U",
        text=text,
    )
