"""The outbox goes out, a message at a time: claimed, sent with no transaction open, settled.

A kill at any instant costs nothing: before the claim the row waits; after it the row is taken over
when its lease ends, and sent with the retry key that it has had since it was queued.
"""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine

from bot.errors import DeliveryError, NotAllowed, TryLater
from bot.messages import Answer
from bot.store import outbox, referrals
from bot.store.outbox import Due, Ending
from bot.store.tables import OutboxState

log = logging.getLogger(__name__)

MOST_AT_ONCE = 50  # messages a run: whoever runs it has other work too
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_RUN_S = 10.0  # then whoever runs it looks after replies, whose tokens live for a minute
PAUSE = timedelta(minutes=5)  # after LINE said that we may not send at all


class Sender(Protocol):
    """Whoever carries an answer to a person; raises DeliveryError."""

    def push(self, user_id: str, answer: Answer, retry_key: str) -> None: ...


@dataclass(slots=True, kw_only=True)
class Drain:
    """Sends what is due in one channel's outbox. Any number may run against one database."""

    engine: Engine
    sender: Sender
    channel_id: str
    chance: Callable[[], float] = random.random  # 0 up to 1: spreads repeated tries
    elapsed: Callable[[], float] = time.monotonic
    is_stopping: Callable[[], bool] = lambda: False  # then no other message is begun
    _paused_until: datetime | None = field(default=None, init=False)

    def run(self, now: datetime, today: datetime) -> int:
        """Send what is due; gives how many went out.

        Ends early when LINE cannot take any, when its time is over, and when the house is stopping.

        Args:
            now: of the real clock, for leases and the life of retry keys.
            today: of the clock that stamps events, for what is due and what is of no more use.
        """
        self._give_up_stale(now, today)
        if self._paused_until and now < self._paused_until:
            return 0
        began, sent = self.elapsed(), 0
        for _ in range(MOST_AT_ONCE):
            spent = self.elapsed() - began
            if spent >= LONGEST_RUN_S or self.is_stopping():
                break
            ending = self._send_next(now + timedelta(seconds=spent), today)
            if ending is None or ending.state is OutboxState.WAITING:
                break
            sent += ending.state is OutboxState.SENT
        return sent

    def _give_up_stale(self, now: datetime, today: datetime) -> None:
        with self.engine.begin() as db:
            lost = outbox.close_stale(db, self.channel_id, now, today)
        for row_id in lost:
            log.error("message %s perhaps went out, perhaps not: it is not sent again", row_id)

    def _send_next(self, now: datetime, today: datetime) -> Ending | None:
        """How the next message went; None where nothing is due."""
        with self.engine.begin() as db:
            found = outbox.claim(db, self.channel_id, now, today)
        if not found:
            return None
        due = found[0]
        ending = self._send(due, now, today)
        with self.engine.begin() as db:
            referral_id = referrals.id_of(due.key)
            if ending.state is OutboxState.SENT and referral_id:  # first: see the order of locks
                referrals.mark_told(db, due.channel_id, [referral_id], today)
            outbox.settle(db, due, ending, now)
        return ending

    def _send(self, due: Due, now: datetime, today: datetime) -> Ending:
        try:
            self.sender.push(due.user_id, due.answer, due.retry_key)
        except TryLater as err:
            log.warning("message %s waits: %s", due.id, err)
            again_at = today + wait_before(due.tries, self.chance())
            return Ending(state=OutboxState.WAITING, error=str(err), again_at=again_at)
        except NotAllowed as err:
            log.error("LINE does not let us send, nothing is lost: %s", err)
            self._paused_until = now + PAUSE
            return Ending(
                state=OutboxState.WAITING, error=str(err), again_at=today, surely_unsent=True
            )
        except DeliveryError as err:
            log.warning("message %s will never be taken: %s", due.id, err)
            return Ending(state=OutboxState.DEAD, error=str(err))
        except Exception as err:  # the top of one message: the others go on
            log.exception("message %s could not be made", due.id)
            return Ending(state=OutboxState.DEAD, error=type(err).__name__)
        return Ending(state=OutboxState.SENT)


def wait_before(tries: int, chance: float) -> timedelta:
    """How long after this many tries the next one comes: doubling, up to an hour, spread by half.

    >>> wait_before(1, 0.5), wait_before(3, 0.5)
    (datetime.timedelta(seconds=5), datetime.timedelta(seconds=20))
    """
    doubled: timedelta = FIRST_WAIT * 2 ** min(tries - 1, 20)
    return min(doubled, LONGEST_WAIT) * (0.5 + chance)
