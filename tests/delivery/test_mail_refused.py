"""Mails that are refused, break off or die half-way: once more at most, and never lost for LINE."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.delivery.mail import PAUSE
from bot.mail.letter import Letter
from bot.mail.smtp import SmtpSender
from bot.store import mail_addresses
from bot.store.channel_tables import MailState
from bot.store.mail_out import GIVEN_BACK_AFTER, LEASE
from bot.store.tables import OutboxState
from tests.delivery.mails import ADDRESS, Post
from tests.mail.server import BREAK_OFF, mail_server
from tests.store.events_of import NOON

WAITING, SENT, DEAD = MailState.WAITING, MailState.SENT, MailState.DEAD
PUSH_WAITS, PUSH_VOID = OutboxState.WAITING, OutboxState.VOID
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FULL = {"END": "452 4.3.1 try later"}


@pytest.fixture
def post(engine: Engine) -> Iterator[Post]:
    with mail_server() as server:
        yield Post(engine, server)


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
