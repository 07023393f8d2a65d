"""The outbox goes out, a wave at a time: claimed, sent with no transaction open, settled.

A kill at any instant costs nothing: before the claim messages wait; after it their batches are
taken over when the lease ends, and sent with the retry key, body and people that they were
committed with.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, Engine

from bot.clock import taipei_day
from bot.delivery.pace import Pace, paces
from bot.errors import DeliveryError, NotAllowed, TryLater
from bot.messages import Answer, together
from bot.store import batches, pulses, quotas, referrals, waves
from bot.store.batches import Due, End, Ending
from bot.store.quotas import Outlook
from bot.store.sending_tables import Way
from bot.store.wakeups import ring

log = logging.getLogger(__name__)

THREADS = 24  # calls in flight: LINE answers in 20 to 80 ms
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_RUN_S = 10.0  # then whoever runs it looks after replies, whose tokens live for a minute
PAUSE = timedelta(minutes=5)  # after LINE said that we may not send at all
READ_EVERY = timedelta(minutes=3)  # the quota, by whichever process comes first
MOST_FAILURES = 8  # of one wave: then LINE is having a bad day, and the rest is left for later
NOT_CALLED = "not called"

Warn = Callable[[Connection, str, Outlook, datetime], None]


class Sender(Protocol):
    """Whoever carries answers to people; raises DeliveryError."""

    def push(self, user_id: str, answer: Answer, retry_key: str) -> None: ...
    def multicast(self, user_ids: Sequence[str], answer: Answer, retry_key: str) -> None: ...
    def quota(self) -> tuple[int | None, int]: ...


def _tell_nobody(db: Connection, channel_id: str, outlook: Outlook, today: datetime) -> None:
    """For whoever has no staff."""


@dataclass(slots=True, kw_only=True)
class Drain:
    """Sends what is due in one channel's outbox. Any number may run against one database."""

    engine: Engine
    sender: Sender
    channel_id: str
    warn: Warn = _tell_nobody  # of how the quota stands, each time that it was read
    chance: Callable[[], float] = random.random  # 0 up to 1: spreads repeated tries
    elapsed: Callable[[], float] = time.monotonic
    is_stopping: Callable[[], bool] = lambda: False  # then no other message is begun
    paces: dict[Way, Pace] = field(default_factory=paces)
    _paused_until: datetime | None = field(default=None, init=False)
    _read_again_at: datetime | None = field(default=None, init=False)

    def run(self, now: datetime, today: datetime, only: Collection[str] = ()) -> int:
        """Send what is due; gives to how many people something went out.

        Ends early when LINE cannot take any, when its time is over, and when the house is stopping.

        Args:
            now: of the real clock, for leases, the life of retry keys and when to try again.
            today: of the clock that stamps events, for what is due, what is of no more use, and
                the month of the quota.
            only: where it names people: nothing goes to anybody else.
        """
        self._give_up_stale(now, today)
        if self._paused_until and now < self._paused_until:
            return 0
        self._read_quota(now, today)
        began, sent, going = self.elapsed(), 0, True
        while going and not self._is_over(began):
            at = now + timedelta(seconds=self.elapsed() - began)
            with self.engine.begin() as db:
                dues = self._claim(db, at, today, only)
            if not dues:
                break
            endings = _Wave(self, began, at).send(dues)
            self._settle(endings, at, today)
            sent += sum(len(e.due.user_ids) for e in endings if e.end is End.SENT)
            going = all(e.end in (End.SENT, End.REFUSED) for e in endings)
        return sent

    def _claim(
        self, db: Connection, at: datetime, today: datetime, only: Collection[str]
    ) -> list[Due]:
        if only:
            return waves.claim_for(db, self.channel_id, at, today, only)
        return waves.claim(db, self.channel_id, at, today)

    def _is_over(self, began: float) -> bool:
        return self.elapsed() - began >= LONGEST_RUN_S or self.is_stopping()

    def _give_up_stale(self, now: datetime, today: datetime) -> None:
        with self.engine.begin() as db:
            lost = batches.close_stale(db, self.channel_id, now, today)
        for row_id in lost:
            log.error("message %s perhaps went out, perhaps not: it is not sent again", row_id)

    def _read_quota(self, now: datetime, today: datetime) -> None:
        if self._read_again_at and now < self._read_again_at:
            return
        with self.engine.connect().execution_options(only_reads=True) as db:
            read_at, read_on = quotas.last_read(db, self.channel_id)
        same_day = read_on is not None and taipei_day(read_on) == taipei_day(today)
        if same_day and read_at is not None and read_at <= now < read_at + READ_EVERY:
            return
        try:
            reading = self.sender.quota()
        except DeliveryError as err:  # what is known is gone by; LINE itself refuses what is over
            log.warning("the quota could not be read: %s", err)
            with self.engine.begin() as db:
                pulses.note_refusal(db, self.channel_id, str(err), now)
            self._read_again_at = now + READ_EVERY
            return
        with self.engine.begin() as db:
            pulses.note_taken(db, self.channel_id, only_token=True)
            outlook = quotas.keep_reading(db, self.channel_id, reading, now, today)
            self.warn(db, self.channel_id, outlook, today)

    def _settle(self, endings: Sequence[Ending], now: datetime, today: datetime) -> None:
        told = [key for e in endings if e.end is End.SENT for key in e.due.keys]
        ids = sorted(filter(None, map(referrals.id_of, told)))
        with self.engine.begin() as db:
            if ids:  # first: see the order of locks
                referrals.mark_told(db, self.channel_id, ids, today)
            batches.settle(db, endings, now)
            if self.is_stopping() and any(e.end is End.UNSENT for e in endings):
                ring(db)  # what this process gives back, another one sends at once
            if any(e.end is End.SENT for e in endings):
                pulses.note_taken(db, self.channel_id)
            for error in {e.error for e in endings if e.end is End.UNSENT}:
                pulses.note_refusal(db, self.channel_id, error, now)


class _Wave:
    """The calls of one wave, many at once, until LINE shows that it cannot take them."""

    def __init__(self, drain: Drain, began: float, now: datetime) -> None:
        self.drain = drain
        self.began = began
        self.now = now
        self._failures = 0
        self._lock = threading.Lock()

    def send(self, dues: Sequence[Due]) -> list[Ending]:
        """How each batch's try ended."""
        if len(dues) == 1:
            return [self._send(dues[0])]
        with ThreadPoolExecutor(min(THREADS, len(dues)), thread_name_prefix="push") as threads:
            return list(threads.map(self._send, dues))

    def _send(self, due: Due) -> Ending:
        drain, soon = self.drain, self.now
        if self._failures >= MOST_FAILURES or drain._is_over(self.began):
            return Ending(due=due, end=End.UNSENT, error=NOT_CALLED, again_at=soon)
        try:
            drain.paces[due.way].wait()
            self._call(due)
        except TryLater as err:
            self._fail(1)
            log.warning("batch %s waits: %s", due.id, err)
            again_at = self.now + wait_before(due.tries, drain.chance())
            return Ending(due=due, end=End.AGAIN, error=str(err), again_at=again_at)
        except NotAllowed as err:
            self._fail(MOST_FAILURES)
            log.error("LINE does not let us send, nothing is lost: %s", err)
            drain._paused_until = self.now + PAUSE
            return Ending(due=due, end=End.UNSENT, error=str(err), again_at=soon)
        except DeliveryError as err:
            log.warning("batch %s will never be taken: %s", due.id, err)
            return Ending(due=due, end=End.REFUSED, error=str(err))
        except Exception as err:  # the top of one batch: the others go on
            log.exception("batch %s could not be made", due.id)
            return Ending(due=due, end=End.REFUSED, error=type(err).__name__)
        return Ending(due=due, end=End.SENT)

    def _call(self, due: Due) -> None:
        answer = together(due.answers)
        if due.way is Way.PUSH:
            self.drain.sender.push(due.user_ids[0], answer, due.retry_key)
        else:
            self.drain.sender.multicast(due.user_ids, answer, due.retry_key)

    def _fail(self, weight: int) -> None:
        with self._lock:
            self._failures += weight


def wait_before(tries: int, chance: float) -> timedelta:
    """How long after this many tries the next one comes: doubling, up to an hour, spread by half.

    >>> wait_before(1, 0.5), wait_before(3, 0.5)
    (datetime.timedelta(seconds=5), datetime.timedelta(seconds=20))
    """
    doubled: timedelta = FIRST_WAIT * 2 ** min(tries - 1, 20)
    return min(doubled, LONGEST_WAIT) * (0.5 + chance)
