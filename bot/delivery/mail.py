"""Mails go out, one at a time: taken from the outbox, claimed, handed in, settled.

A kill between handing in and settling is the one thing that a mail server does not make harmless:
the same mail is handed in once more, with the same Message-ID, by which mailboxes know it again.
"""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine

from bot.delivery.drain import wait_before
from bot.errors import AddressRefused, DeliveryError, NotAllowed, PerhapsTaken, TryLater
from bot.links import Links
from bot.mail.letter import Letter
from bot.store import mail_addresses, mail_intake, mail_out
from bot.store.channel_tables import MailState
from bot.store.mail_out import Mail, MailEnding

log = logging.getLogger(__name__)

MOST_AT_ONCE = 50
LONGEST_RUN_S = 5.0  # then whoever runs it looks after LINE again
PAUSE = timedelta(minutes=5)  # after the server said that it will have nothing from us
BREATH = timedelta(seconds=30)  # after it could not be reached: each try holds LINE up


class MailSender(Protocol):
    """Whoever carries a letter to a mailbox; raises DeliveryError."""

    def send(self, letter: Letter) -> None: ...

    def close(self) -> None: ...


@dataclass(slots=True, kw_only=True)
class MailDrain:
    """Sends what is due by mail in one channel. Any number may run against one database."""

    engine: Engine
    sender: MailSender
    channel_id: str
    links: Links
    chance: Callable[[], float] = random.random
    elapsed: Callable[[], float] = time.monotonic
    is_stopping: Callable[[], bool] = lambda: False
    _paused_until: datetime | None = field(default=None, init=False)

    def take(self, today: datetime) -> int:
        """Take from the outbox what is to go by mail; before anything is pushed."""
        with self.engine.begin() as db:
            return mail_intake.take_due(db, self.channel_id, today)

    def run(self, now: datetime, today: datetime) -> int:
        """Send what is due; gives how many mails went out.

        Args:
            now: of the real clock, for leases and waits.
            today: of the clock that people live by, for what is due and what is of no more use.
        """
        with self.engine.begin() as db:
            lost = mail_out.close_stale(db, self.channel_id, now, today)
        for row_id in lost:
            log.error("mail of notice %s perhaps went out, perhaps not: not sent again", row_id)
        if self._paused_until and now < self._paused_until:
            return 0
        try:
            return self._send_all(now, today)
        finally:
            self.sender.close()

    def _send_all(self, now: datetime, today: datetime) -> int:
        began, sent = self.elapsed(), 0
        for _ in range(MOST_AT_ONCE):
            spent = self.elapsed() - began
            if spent >= LONGEST_RUN_S or self.is_stopping():
                break
            at = now + timedelta(seconds=spent)
            with self.engine.begin() as db:
                mail = mail_out.claim(db, self.channel_id, at, today)
            if mail is None:
                break
            ending = self._send(mail, at, today)
            sent += ending.state is MailState.SENT
            if ending.state is MailState.WAITING:
                break
        return sent

    def _send(self, mail: Mail, now: datetime, today: datetime) -> MailEnding:
        ending, no_mailbox = self._tried(mail, now, today)
        with self.engine.begin() as db:
            if no_mailbox:  # first: the address is locked before its mails
                mail_addresses.mark_dead(db, mail.key, today)
            mail_out.settle(db, mail, ending, now)
        return ending

    def _tried(self, mail: Mail, now: datetime, today: datetime) -> tuple[MailEnding, bool]:
        """How a try ended, and whether it was that there is no such mailbox."""
        again_at = today + wait_before(mail.tries, self.chance())
        waits = MailState.WAITING
        try:
            self.sender.send(self._letter(mail, now, today))
        except PerhapsTaken as err:
            log.warning("mail %s: %s", mail.mail_id, err)
            self._paused_until = now + BREATH
            return MailEnding(state=waits, error=str(err), again_at=again_at, is_unsure=True), False
        except TryLater as err:
            log.warning("mail %s waits: %s", mail.mail_id, err)
            self._paused_until = now + BREATH
            return MailEnding(state=waits, error=str(err), again_at=again_at), False
        except NotAllowed as err:
            log.error("the mail server lets us send nothing, nothing is lost: %s", err)
            self._paused_until = now + PAUSE
            return MailEnding(state=waits, error=str(err), again_at=today), False
        except DeliveryError as err:
            log.warning("mail %s will never be taken: %s", mail.mail_id, err)
            ending = MailEnding(state=MailState.DEAD, error=str(err))
            return ending, isinstance(err, AddressRefused)
        except Exception as err:  # noqa: BLE001  the top of one mail: the others go on
            # No traceback: what breaks on an address repeats it.
            log.error("mail %s could not be made: %s", mail.mail_id, type(err).__name__)
            return MailEnding(state=MailState.DEAD, error=type(err).__name__), False
        return MailEnding(state=MailState.SENT), False

    def _letter(self, mail: Mail, now: datetime, today: datetime) -> Letter:
        return Letter(
            mail_id=mail.mail_id,
            address=mail.address,
            leave_url=self.links.leaving(mail.key),
            at=now,
            answers=mail.answers,
            confirm_url="" if mail.answers else self.links.confirmation(mail.key, today),
        )
