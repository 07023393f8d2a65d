"""Reminders by mail, from the first word in the chat to the last click in a mail."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.answers.mail_lines import NONE, TOO_MANY
from bot.cli.plain import plain
from bot.messages import Kind
from bot.store.channel_tables import MailAddress, MailRow, MailState
from bot.store.tables import Base, OutboxRow, OutboxState
from tests.handlers.whole_bot import button, labels
from tests.pages.mailed import GIVE, SHOWN, TO, Life, life_on
from tests.pages.owner import Owner
from tests.pages.stage import Stage, words
from tests.understand.plans import real_reader


@pytest.fixture
def life(database_url: str) -> Iterator[Life]:
    yield from life_on(database_url)


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
    assert set(pushes(life)) == {OutboxState.VOID}

    one_click = {"List-Unsubscribe": "One-Click"}
    left = life.stage.client().post(life.link("leave"), data=one_click)
    again = life.stage.client().post(life.link("leave"), data=one_click)
    life.stage.later(days=2)
    before = len(life.server.taken)
    life.post()

    assert left.status_code == again.status_code == 200
    assert "已取消" in words(left)
    assert len(life.server.taken) == before
    assert pushes(life)[-1] is OutboxState.WAITING  # it comes in LINE again
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
    assert stage.house.stations.own().mail is None
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
    assert pushes(life)[0] is OutboxState.RIDING  # it came along below the reply


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
