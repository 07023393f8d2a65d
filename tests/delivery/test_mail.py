"""Notices by mail: taken from the outbox, one mail a day, once, and never lost for LINE."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update

from bot.links import CONFIRM_LIVES
from bot.store import mail_addresses
from bot.store.channel_tables import MailState, Via
from bot.store.mail_out import MOST_IN_ONE
from bot.store.tables import OutboxRow, OutboxState
from tests.delivery.mails import ADDRESS, LINKS, Post
from tests.mail.server import mail_server
from tests.store.events_of import NOON, after

WAITING, SENT, DEAD = MailState.WAITING, MailState.SENT, MailState.DEAD
PUSH_WAITS, PUSH_VOID = OutboxState.WAITING, OutboxState.VOID
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FULL = {"END": "452 4.3.1 try later"}


@pytest.fixture
def post(engine: Engine) -> Iterator[Post]:
    with mail_server() as server:
        yield Post(engine, server)


def test_who_wants_mail_gets_mail_and_no_push(post: Post) -> None:
    post.wants()
    post.notice("函報截止")

    assert [post.tick(), post.tick()] == [1, 0]
    (text,) = post.texts()
    assert "函報截止" in text
    assert (post.mails(), post.pushes()) == ([SENT], [PUSH_VOID])


def test_who_wants_both_gets_both(post: Post) -> None:
    post.wants(Via.BOTH)
    post.notice("函報截止")

    assert post.tick() == 1
    assert (post.mails(), post.pushes()) == ([SENT], [PUSH_WAITS])


def test_who_wants_both_gets_the_mail_where_the_push_was_quicker(post: Post) -> None:
    post.wants(Via.BOTH)
    post.notice("函報截止")
    with post.engine.begin() as db:
        db.execute(update(OutboxRow).values(state=OutboxState.SENT))

    assert [post.tick(after(2)), post.tick(after(4))] == [1, 0]


@pytest.mark.parametrize("via", [Via.LINE, None])
def test_who_wants_line_or_never_confirmed_gets_pushes_alone(post: Post, via: Via | None) -> None:
    if via:
        post.wants(via)
    else:
        with post.engine.begin() as db:
            mail_addresses.ask(db, "default", "U1", ADDRESS, NOON)
    post.notice("函報截止")

    post.tick()

    assert post.pushes() == [PUSH_WAITS]
    assert not any("函報截止" in text for text in post.texts())


def test_what_staff_answered_stays_in_line(post: Post) -> None:
    post.wants()
    post.notice("可以停車", key="referral:1")

    assert post.tick() == 0
    assert post.pushes() == [PUSH_WAITS]


def test_a_day_is_one_mail_and_an_hour_before_is_its_own(post: Post) -> None:
    post.wants()
    post.notice("一", NOON)
    post.notice("二", NOON + timedelta(hours=3))
    post.notice("三", NOON + timedelta(hours=4), key="remind:U1:x#1h")
    post.notice("四", NOON + DAY)

    sent = [post.tick(NOON + timedelta(hours=h)) for h in (-1, 0, 3, 4, 24)]

    assert sent == [0, 1, 0, 1, 1]
    assert [t.count("■") for t in post.texts()] == [2, 1, 1]
    assert post.server.to(ADDRESS)[0]["Subject"] == "師鐘提醒：2件事"
    assert post.pushes() == [PUSH_VOID] * 4


def test_two_people_never_share_a_mail(post: Post) -> None:
    post.wants()
    post.wants(user="U2", address="other@school.edu.tw")
    post.notice("甲的")
    post.notice("乙的", user="U2")

    assert post.tick() == 2
    assert "乙的" not in post.texts()[0]
    assert "甲的" not in post.texts("other@school.edu.tw")[0]


def test_a_very_full_day_is_several_mails(post: Post) -> None:
    post.wants()
    for n in range(MOST_IN_ONE + 1):
        post.notice(f"第{n}件")

    assert post.tick() == 2
    assert [t.count("■") for t in post.texts()] == [MOST_IN_ONE, 1]


def test_an_address_is_asked_first_and_the_link_is_good_for_a_day(post: Post) -> None:
    with post.engine.begin() as db:
        asked = mail_addresses.ask(db, "default", "U1", ADDRESS, NOON)
    assert asked

    assert post.tick() == 1
    (text,) = post.texts()
    token = text.split("https://bell.example.tw/mail/confirm/")[1].split()[0]
    assert LINKS.read_confirmation(token, NOON + CONFIRM_LIVES - MINUTE) == asked.key
    assert LINKS.read_confirmation(token, NOON + CONFIRM_LIVES) == ""
    assert LINKS.read_confirmation(token + "x", NOON) == ""
    assert LINKS.read(token, NOON) is None


def test_another_address_ends_the_question_to_the_first(post: Post) -> None:
    with post.engine.begin() as db:
        mail_addresses.ask(db, "default", "U1", ADDRESS, NOON)
        mail_addresses.ask(db, "default", "U1", "other@school.edu.tw", NOON)

    assert post.tick() == 1
    assert [to for to, _ in post.server.taken] == ["other@school.edu.tw"]


def test_nobody_fills_anothers_mailbox(post: Post) -> None:
    with post.engine.begin() as db:
        users = ["U1", "U1", "U2", "U3"]
        asked = [mail_addresses.ask(db, "default", u, ADDRESS, NOON) for u in users]
        own = [
            mail_addresses.ask(db, "default", "U9", f"{n}@school.edu.tw", NOON) for n in range(4)
        ]
        tomorrow = mail_addresses.ask(db, "default", "U9", "9@school.edu.tw", NOON + DAY)

    assert [found is not None for found in asked] == [True, True, True, False]
    assert [found is not None for found in own] == [True, True, True, False]
    assert tomorrow is not None


def test_an_address_that_is_confirmed_is_not_asked_again(post: Post) -> None:
    kept = post.wants()
    with post.engine.begin() as db:
        again = mail_addresses.ask(db, "default", "U1", ADDRESS.upper(), NOON)

    assert again == kept
    assert post.tick() == 0
