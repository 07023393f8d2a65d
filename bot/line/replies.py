"""Replies that are on their way: many at once, while the webhook has long answered LINE.

LINE takes 20 to 80 ms for a reply. Waiting for it in the webhook's own thread would hold a process
at about a hundred answers a second.
"""

import logging
import math
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from bot.counting.meter import Meter
from bot.errors import DeliveryError, NotAllowed, TryLater
from bot.line.outbound import as_json
from bot.line.render.answer import render
from bot.log_lines import about
from bot.messages import Answer

log = logging.getLogger(__name__)

THREADS = 96  # of `bot web` they are greenlets; LINE answers each in 20 to 80 ms
BATCH = 200  # results written down in one transaction
# For so long it is tried to write results down; then others may have taken what they are of.
SETTLE_FOR_S, SETTLE_AT_END_S = 12.0, 1.5
BETWEEN_TRIES_S = 0.5
GATHER_S = 0.5  # after a reply ended: what ends meanwhile is written down with it
LONGEST_WAIT_S = 45.0  # in our own queue: after it the token is as good as dead
# Of a process that is to end, for what has not begun; a call that has takes eight at most.
FINISH_S = 5.0
STOPPED = "its process was stopped"
DRAWN = 256  # answers: before a deadline many are told the same


class End(StrEnum):
    """How a reply ended."""

    SENT = "sent"
    AGAIN = "again"  # LINE did not take it: somebody may try once more
    HANDED_BACK = "handed back"  # not begun: another process is to send it at once
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Result:
    """One reply that ended."""

    channel_id: str
    event_id: str
    end: End
    error: str = ""
    is_refused: bool = False  # LINE refuses us, and not only this reply
    carries: bool = False  # reminders that waited came along


class Outgoing(Protocol):
    """What is to be said, and the token that allows it."""

    @property
    def channel_id(self) -> str: ...
    @property
    def event_id(self) -> str: ...
    @property
    def reply_token(self) -> str: ...
    @property
    def answer(self) -> Answer: ...


class Sender(Protocol):
    """Whoever carries messages to LINE; raises DeliveryError."""

    def reply(self, reply_token: str, drawn: bytes) -> None: ...


@lru_cache(maxsize=DRAWN)
def _drawn(answer: Answer) -> bytes:
    return as_json(render(answer))


class Replies:
    """Sends replies on its own threads and reports how each ended. Make it after a fork."""

    def __init__(
        self,
        sender_of: Callable[[str], Sender],
        settle: Callable[[Sequence[Result]], None],
        meter: Meter | None = None,
        finish_s: float = FINISH_S,
    ) -> None:
        self._finish_s = finish_s
        self._sender_of = sender_of  # by channel; raises DeliveryError where it is not served
        self._tally = meter or Meter()
        self._settle = settle
        self._hand_back_at = math.inf
        self._ended: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
        self._waiting: queue.SimpleQueue[tuple[Outgoing, float] | None] = queue.SimpleQueue()
        self._carriers: list[threading.Thread] = []
        self._guard = threading.Lock()
        # Carriers that wait for a reply of their own, and replies for which there was none.
        self._spare = self._backlog = 0
        self._closing = threading.Event()
        self._clerk = threading.Thread(target=self._keep_settling, name="settle", daemon=True)
        self._clerk.start()

    def put(self, reply: Outgoing, since: float | None = None) -> None:
        """Take over this reply; returns at once. Call it after the commit.

        Args:
            since: when its webhook came, of the monotonic clock; now where it is not given.
        """
        self._waiting.put((reply, time.monotonic() if since is None else since))
        with self._guard:
            if self._spare:
                self._spare -= 1
            elif len(self._carriers) < THREADS:
                carrier = threading.Thread(target=self._carry, name="reply", daemon=True)
                self._carriers.append(carrier)
                carrier.start()
            else:
                self._backlog += 1

    def close(self) -> None:
        """Send what was taken over, write down how it ended, and stop. May be called twice.

        What has not begun within a few seconds is handed back: a worker sends it.
        """
        self._hand_back_at = min(self._hand_back_at, time.monotonic() + self._finish_s)
        with self._guard:
            carriers = list(self._carriers)
        for _ in carriers:
            self._waiting.put(None)
        for one in carriers:
            one.join()
        self._closing.set()
        self._ended.put(None)
        self._clerk.join()

    def _carry(self) -> None:
        while (reply := self._waiting.get()) is not None:
            self._send(*reply)
            with self._guard:
                if self._backlog:
                    self._backlog -= 1
                else:
                    self._spare += 1

    def _send(self, reply: Outgoing, since: float) -> None:
        if time.monotonic() >= self._hand_back_at:
            self._ended.put(_result(reply, End.HANDED_BACK, STOPPED))
            return
        with about(reply.event_id, reply.channel_id):
            result, error = self._tried(reply, since)
        self._tally.reply(result.end.value, time.monotonic() - since)
        if error is not None:
            self._tally.error("reply", type(error).__name__)
        self._ended.put(result)

    def _tried(self, reply: Outgoing, since: float) -> tuple[Result, Exception | None]:
        """How one try ended, and what went wrong."""
        end, is_refused = End.SENT, False
        found: Exception | None = None
        try:
            if time.monotonic() - since > LONGEST_WAIT_S:
                raise TryLater("waited too long in our own queue")
            sender = self._sender_of(reply.channel_id)
            sender.reply(reply.reply_token, _drawn(reply.answer))
        except TryLater as err:
            end, found = End.AGAIN, err
        except NotAllowed as err:
            end, found, is_refused = End.AGAIN, err, True
            log.error("LINE does not let us speak: %s", err)
        except DeliveryError as err:
            end, found = End.NEVER, err
        except Exception as err:  # the top of one reply: the others go on
            end, found = End.NEVER, err
            log.exception("no reply to event %s", reply.event_id)
        known = isinstance(found, DeliveryError)
        error = "" if found is None else str(found) if known else type(found).__name__
        if end is not End.SENT:
            log.warning("no reply to event %s: %s", reply.event_id, error)
        return _result(reply, end, error, is_refused), found

    def _keep_settling(self) -> None:
        going = True
        while going:
            batch, going = self._next_batch()
            if batch:
                self._settle_all(batch)

    def _next_batch(self) -> tuple[list[Result], bool]:
        result = self._ended.get()
        if result is not None:
            self._closing.wait(GATHER_S)
        batch: list[Result] = []
        while result is not None:
            batch.append(result)
            if len(batch) == BATCH or self._ended.empty():
                return batch, True
            result = self._ended.get()  # this thread alone takes: what is there stays there
        return batch, False

    def _settle_all(self, batch: list[Result]) -> None:
        is_ending = self._closing.is_set()
        until = time.monotonic() + (SETTLE_AT_END_S if is_ending else SETTLE_FOR_S)
        while True:
            try:
                self._settle(batch)
                return
            except Exception:  # the database: rows stay `sending` and their lease ends
                is_last = time.monotonic() >= until
                log.exception("%d replies not written down; last try: %s", len(batch), is_last)
                if is_last:
                    return
                time.sleep(BETWEEN_TRIES_S)


def _result(reply: Outgoing, end: End, error: str, is_refused: bool = False) -> Result:
    carries = reply.answer.riding > 0
    return Result(reply.channel_id, reply.event_id, end, error, is_refused, carries)
