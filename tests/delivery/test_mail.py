"""Notices by mail: taken from the outbox, one mail a day, once, and never lost for LINE."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.delivery.mail import PAUSE
from bot.links import CONFIRM_LIVES
from bot.mail.letter import Letter
from bot.mail.smtp import SmtpSender
from bot.store import mail_addresses, outbox
from bot.store.channel_tables import MailState, Via
from bot.store.mail_out import GIVEN_BACK_AFTER, LEASE, MOST_IN_ONE
from bot.store.tables import OutboxState
from tests.delivery.mails import ADDRESS, LINKS, Post
from tests.mail.server import BREAK_OFF, mail_server
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
        (due,) = outbox.claim(db, "default", NOON, NOON)
        outbox.settle(db, due, outbox.Ending(state=OutboxState.SENT), NOON)

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
    post.notice("三", NOON + timedelta(hours=4), key="wish:U1:x:1h")
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


class Killed(BaseException):
    """The process ends here: nobody catches it."""


class Dying:
    """Hands a letter in, and dies before it can say so."""

    def __init__(self, sender: Any, before: bool = False) -> None:
        self.sender, self.before = sender, before

    def send(self, letter: Letter) -> None:
        if not self.before:
            self.sender.send(letter)
        raise Killed

    def close(self) -> None:
        self.sender.close()


def die(post: Post, at: Any = NOON, before: bool = False) -> None:
    sender = SmtpSender(post.server.url, "bell@example.edu.tw")
    with pytest.raises(Killed):
        post.tick(at, post.drain(sender=Dying(sender, before)))


def test_a_kill_after_handing_in_costs_the_same_mail_once_more_and_no_more(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.wants()
    post.notice("一")
    die(post)
    post.notice("二")  # comes later: it is no part of what was handed in
    too_early = post.tick(NOON + LEASE)
    die(post, NOON + LEASE + MINUTE)
    last = NOON + 2 * LEASE + 3 * MINUTE

    with caplog.at_level(logging.ERROR):
        assert (too_early, post.tick(last), post.tick(last + LEASE)) == (1, 0, 0)

    ids = [str(mail["Message-ID"]) for mail in post.server.to(ADDRESS)]
    assert len(ids) == 3
    assert len(set(ids)) == 2
    assert ids.count(ids[0]) == 2
    assert sorted(post.mails()) == [SENT, MailState.UNCERTAIN]
    assert "perhaps went out" in caplog.text
    assert post.pushes() == [PUSH_VOID, PUSH_VOID]


def test_a_kill_before_handing_in_costs_nothing(post: Post) -> None:
    post.wants()
    post.notice("一")
    die(post, before=True)

    assert post.tick(NOON + LEASE + MINUTE) == 1
    assert len(post.texts()) == 1
    assert post.mails() == [SENT]


def test_a_kill_between_taking_and_claiming_costs_nothing(post: Post) -> None:
    post.wants()
    post.notice("一")
    post.drain().take(NOON)

    assert post.mails() == [WAITING]
    assert post.tick(NOON + MINUTE) == 1
    assert len(post.texts()) == 1


def test_a_server_that_breaks_off_gets_it_once_more(post: Post) -> None:
    post.wants()
    post.notice("一")
    post.server.faults = {"END": BREAK_OFF}
    drain = post.drain()
    post.tick(NOON, drain)
    held_back = post.tick(NOON + timedelta(seconds=10), drain)  # a breath first
    post.tick(NOON + MINUTE, drain)
    post.server.faults = {}

    assert held_back == 0
    assert post.tick(NOON + 10 * MINUTE, drain) == 0
    assert len(post.texts()) == 2
    assert post.mails() == [MailState.UNCERTAIN]


def test_a_busy_server_is_asked_again_with_the_same_mail(post: Post) -> None:
    post.wants()
    post.notice("一")
    post.server.faults = dict(FULL)
    post.tick()
    post.server.faults = {}

    assert post.tick(NOON + MINUTE) == 1
    assert len(post.texts()) == 1
    assert post.mails() == [SENT]


def test_what_no_server_takes_for_hours_goes_out_in_line(post: Post) -> None:
    post.wants()
    post.notice("一")
    post.server.faults = dict(FULL)
    post.tick()
    assert post.pushes() == [PUSH_VOID]

    post.tick(NOON + GIVEN_BACK_AFTER)

    assert (post.mails(), post.pushes()) == ([MailState.VOID], [PUSH_WAITS])
    assert post.tick(NOON + GIVEN_BACK_AFTER + MINUTE) == 0


def test_a_mailbox_that_does_not_exist_is_never_written_to_again(post: Post) -> None:
    post.wants()
    post.notice("一")
    post.server.faults = {"RCPT": f"550 5.1.1 <{ADDRESS}> unknown"}

    post.tick()
    post.notice("二", NOON + MINUTE)
    post.tick(NOON + MINUTE)

    assert post.column("dead_at") == NOON
    assert post.mails() == [DEAD]
    assert post.pushes() == [PUSH_WAITS, PUSH_WAITS]
    assert sum("rcpt" in said for said in post.server.heard) == 1


def test_a_letter_that_is_refused_goes_out_in_line_and_the_address_lives(post: Post) -> None:
    post.wants()
    post.notice("一")
    post.server.faults = {"END": "554 5.7.1 looks like spam"}

    post.tick()

    assert post.column("dead_at") is None
    assert (post.mails(), post.pushes()) == ([DEAD], [PUSH_WAITS])


def test_a_server_that_will_have_nothing_from_us_is_left_alone_for_a_while(post: Post) -> None:
    post.wants()
    post.notice("一")
    post.server.faults = {"MAIL": "550 5.7.1 not you"}
    drain = post.drain()
    post.tick(NOON, drain)
    post.server.faults = {}

    assert post.tick(NOON + PAUSE - MINUTE, drain) == 0
    assert post.tick(NOON + PAUSE, drain) == 1
    assert post.column("dead_at") is None


def test_who_leaves_while_a_mail_waits_is_told_in_line(post: Post) -> None:
    kept = post.wants()
    post.notice("一")
    post.server.faults = dict(FULL)
    post.tick()
    with post.engine.begin() as db:
        mail_addresses.unsubscribe(db, kept.key, NOON)
    post.server.faults = {}

    assert post.tick(NOON + MINUTE) == 0
    assert (post.mails(), post.pushes()) == ([MailState.VOID], [PUSH_WAITS])


def test_who_leaves_while_a_dead_process_held_a_mail_gets_it_no_more(post: Post) -> None:
    kept = post.wants()
    post.notice("一")
    die(post, before=True)
    with post.engine.begin() as db:
        mail_addresses.unsubscribe(db, kept.key, NOON)

    assert post.tick(NOON + LEASE + MINUTE) == 0
    assert post.texts() == []


def test_what_is_too_late_is_not_sent(post: Post) -> None:
    post.wants()
    post.notice("一")
    post.drain().take(NOON)

    assert post.tick(NOON + timedelta(days=3)) == 0
    assert post.mails() == [MailState.VOID]


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
