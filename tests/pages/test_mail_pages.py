"""Reminders by mail, from the first word in the chat to the last click in a mail."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select, text

from bot.answers.mail_lines import NONE, TOO_MANY
from bot.cli.plain import plain
from bot.handlers.desk import Desk
from bot.handlers.mailing import own_mail
from bot.messages import Incoming, Kind
from bot.model.talk import Talk
from bot.store.channel_tables import MailAddress, MailRow, MailState
from bot.store.tables import Base, OutboxRow, OutboxState
from evaluation.case_files import read_cases
from tests.handlers.whole_bot import button, labels
from tests.mail.server import MailServer, mail_server
from tests.pages.owner import Owner
from tests.pages.stage import ADDRESS as HERE
from tests.pages.stage import JUNE, Stage, path_of, words
from tests.source import ROOT
from tests.understand.plans import real_library, real_reader

TO = "wang.teacher@school.edu.tw"
SHOWN = "w***@school.edu.tw"
GIVE = f"用電子郵件提醒我 {TO}"


@dataclass
class Life:
    """A teacher, the bot, and a mail server."""

    owner: Owner
    server: MailServer

    @property
    def stage(self) -> Stage:
        return self.owner.stage

    def say(self, said: str, **own: object) -> str:
        return plain(self.stage.ask(said, self.owner.user, **own))

    def post(self) -> None:
        """The worker sends what is due by mail."""
        mail = self.stage.house.mail
        assert mail
        mail.take(self.stage.now)
        mail.run(self.stage.now, self.stage.now)

    def newest(self) -> EmailMessage:
        return self.server.to(TO)[-1]

    def link(self, to: str) -> str:
        """The path of a link in the newest mail."""
        body = self.newest().get_body(("plain",))
        assert body
        found = re.search(rf"{HERE}/mail/{to}/\S+", body.get_content())
        assert found
        return path_of(found[0])

    def confirmed(self) -> None:
        self.say(GIVE)
        self.post()
        assert "已確認" in words(self.stage.client().post(self.link("confirm")))

    def remind(self) -> None:
        """A reminder, and the morning on which it is due."""
        self.say("提醒我酷課師函報截止")
        self.stage.now = JUNE.replace(month=7, day=28, hour=0, minute=1)


def life_on(url: str) -> Iterator[Life]:
    with mail_server() as server:
        stage = Stage(url, real_reader(), JUNE, smtp_url=server.url)
        yield Life(Owner(stage), server)
        stage.house.close()


@pytest.fixture
def life(database_url: str) -> Iterator[Life]:
    yield from life_on(database_url)


@pytest.fixture
def lite(sqlite_url: str) -> Iterator[Life]:
    """The same on one database alone: for what depends on words only."""
    yield from life_on(sqlite_url)


def pushes(life: Life) -> list[OutboxState]:
    with life.stage.engine.connect() as db:
        return list(db.scalars(select(OutboxRow.state).order_by(OutboxRow.not_before)))


def test_from_the_address_to_the_reminder_to_the_last_click(life: Life) -> None:
    asked = life.say(GIVE)
    life.post()
    opened = life.stage.client().get(life.link("confirm"))
    state = life.say("電子郵件提醒")
    life.stage.client().post(life.link("confirm"))
    confirmed = life.say("電子郵件提醒")
    life.remind()
    life.post()

    assert f"已寄確認信到 {SHOWN}" in asked
    assert f"要用 {SHOWN} 接收師鐘的提醒嗎" in words(opened)  # a look at the link confirms nothing
    assert "還沒有確認" in state
    assert f"提醒會寄到 {SHOWN}" in confirmed
    assert "學校函報截止" in str(life.newest()["Subject"])
    assert pushes(life) == [OutboxState.VOID, OutboxState.WAITING]

    one_click = {"List-Unsubscribe": "One-Click"}
    left = life.stage.client().post(life.link("leave"), data=one_click)
    again = life.stage.client().post(life.link("leave"), data=one_click)
    life.stage.later(days=2)
    before = len(life.server.taken)
    life.post()

    assert left.status_code == again.status_code == 200
    assert "已取消" in words(left)
    assert len(life.server.taken) == before
    assert pushes(life)[1] is OutboxState.WAITING  # it comes in LINE again
    assert "不再寄信" in life.say("電子郵件提醒")


def test_the_address_is_nowhere_but_in_its_own_column(life: Life) -> None:
    life.say(GIVE)
    life.say(f"我的信箱是{TO}可以報名嗎")
    life.post()
    life.say("電子郵件提醒")

    with life.stage.engine.connect() as db:
        found = {
            name
            for name in Base.metadata.tables
            if any(TO in str(row) for row in db.execute(text(f"SELECT * FROM {name}")))
        }
    assert found == {"mail_address"}


def test_pages_show_it_masked_and_the_file_has_it(life: Life) -> None:
    life.confirmed()

    for path in ("me/dates", "me/data"):
        page = life.owner.get(path).get_data(as_text=True)
        assert TO not in page
        assert SHOWN in page
    assert TO in life.owner.get("me/data.json").get_data(as_text=True)


def test_the_page_gives_chooses_and_ends(life: Life) -> None:
    given = life.stage.client().get(life.owner.send("dates/mail", address=f" {TO} ").location)
    life.post()
    life.stage.client().post(life.link("confirm"))
    both = life.stage.client().get(life.owner.send("dates/mail/via", via="both").location)
    stopped = life.stage.client().get(life.owner.send("dates/mail/via", via="stop").location)

    assert "已寄確認信" in words(given)
    assert 'value="both" checked' in both.get_data(as_text=True)
    assert "不再寄信給您" in words(stopped)
    assert f"{SHOWN} 已取消" in words(stopped)


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


def test_ways_are_chosen_by_button_and_by_word(life: Life) -> None:
    life.confirmed()
    card = life.stage.ask("電子郵件提醒", life.owner.user)
    both = life.stage.send(life.owner.user, kind=Kind.POSTBACK, data=button(card, "兩邊都要").data)
    line = life.say("只用LINE提醒")
    stopped = life.say("不要再寄信給我")

    assert labels(card) == ["只用 LINE", "兩邊都要", "不要再寄信"]
    assert "也用 LINE 傳" in plain(both)
    assert "只用 LINE 傳" in line
    assert "不再寄信給您" in stopped


def test_in_a_group_no_address_is_taken(life: Life) -> None:
    said = life.say(GIVE, chat_id="Cgroup", in_group=True, mentioned=True)

    assert "一對一" in said
    with life.stage.engine.connect() as db:
        assert db.execute(select(MailAddress)).all() == []


def test_without_a_mail_server_nothing_speaks_of_mail_but_to_say_so(database_url: str) -> None:
    stage = Stage(database_url, real_reader())
    owner = Owner(stage)

    said = plain(stage.ask(GIVE, owner.user))
    page = words(owner.get("me/dates"))
    posted = words(stage.client().get(owner.send("dates/mail", address=TO).location))
    with stage.engine.connect() as db:
        kept = db.execute(select(MailAddress)).all()
    stage.house.close()

    assert said == NONE
    assert "提醒都用 LINE 傳給您" in page
    assert "沒有設定寄信" in posted
    assert stage.house.mail is None
    assert kept == []


def test_the_fourth_question_of_a_day_is_refused(life: Life) -> None:
    said = [life.say(GIVE) for _ in range(4)]

    assert said[-1] == TOO_MANY
    life.stage.later(days=1, minutes=1)
    assert "已寄確認信" in life.say(GIVE)


def test_a_mailbox_that_refuses_is_told_once_in_the_next_reply(life: Life) -> None:
    life.confirmed()
    life.remind()
    life.server.faults = {"RCPT": "550 5.1.1 no such user"}
    life.post()

    first, second = life.say("你好"), life.say("你好")

    assert f"寄到 {SHOWN} 的信被退回了" in first
    assert "退回" not in second
    assert "收不到信" in life.say("電子郵件提醒")
    assert pushes(life)[0] is OutboxState.WAITING


@pytest.mark.parametrize("path", ["confirm/x", "leave/x", "leave/" + "A" * 32])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_of_nobody_opens_nothing(lite: Life, path: str, method: str) -> None:
    answer = getattr(lite.stage.client(), method)(f"/mail/{path}")

    assert answer.status_code in (403, 404)
    assert "@" not in words(answer)


def test_an_old_link_confirms_no_other_address_and_none_after_a_day(life: Life) -> None:
    life.say(GIVE)
    life.post()
    old = life.link("confirm")
    life.stage.later(hours=23)
    life.say("用電子郵件提醒我 other@school.edu.tw")

    replaced = life.stage.client().post(old)
    life.say(GIVE)
    life.post()
    late = life.link("confirm")
    life.stage.later(hours=24)

    assert replaced.status_code == 403
    assert life.stage.client().post(late).status_code == 403
    with life.stage.engine.connect() as db:
        assert db.scalar(select(MailAddress.confirmed_at)) is None


def test_who_left_is_not_brought_back_by_an_old_link(life: Life) -> None:
    life.confirmed()
    confirm, leave = life.link("confirm"), life.link("leave")
    life.stage.client().post(leave)

    assert life.stage.client().post(confirm).status_code == 403
    assert "不再寄信" in life.say("電子郵件提醒")
    life.say(GIVE)
    life.post()
    assert life.stage.client().post(life.link("confirm")).status_code == 200


def test_erasing_leaves_nothing_and_ends_every_link(life: Life) -> None:
    life.confirmed()
    life.remind()
    life.post()
    leave = life.link("leave")

    life.owner.send("erase", sure="1")

    with life.stage.engine.connect() as db:
        assert db.execute(select(MailAddress)).all() == []
        assert db.execute(select(MailRow)).all() == []
    assert life.stage.client().post(leave).status_code == 404
    life.stage.later(days=2)
    before = len(life.server.taken)
    life.post()
    assert len(life.server.taken) == before


def test_the_house_ticks_mail_before_and_after_line(life: Life) -> None:
    life.confirmed()
    life.remind()
    life.stage.house.tick(life.stage.now + timedelta(seconds=1))

    assert "學校函報截止" in str(life.newest()["Subject"])
    with life.stage.engine.connect() as db:
        assert set(db.scalars(select(MailRow.state))) == {MailState.SENT}


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
