"""Processes of the bot that kill themselves (SIGKILL) at a named point; run in a child process."""

import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as time_of_day
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, func, select

from bot import clock, replied, wiring
from bot.delivery import drain
from bot.dispatch import Office
from bot.line import outbound
from bot.line.outbound import LineClient
from bot.messages import Incoming
from bot.settings import Settings
from bot.store import batches, left_behind, waves
from bot.store.events import Owed
from bot.store.tables import UNSETTLED, Event, OutboxRow, OutboxState
from tests.handlers_of_tests import EMPTY, echo

# Between these the process may end at any instant, and nobody may be skipped or told twice.
OF_WORKER = ("claim made", "claimed", "calling", "called", "settle made", "settled")
OF_WEB = ("answer made", "answered", "replying", "replied", "note made", "noted")
UNDONE = (OutboxState.WAITING, OutboxState.SENDING, OutboxState.RIDING)
LEASE = timedelta(seconds=0.6)
READ_S = 0.3


@dataclass(frozen=True)
class Fate:
    """At which point, and at which time that it is reached, a process ends."""

    point: str = ""  # empty: it lives
    times: int = 1
    without: str = ""  # "key": each try has a new one; "lease": none ever ends

    @property
    def lives(self) -> bool:
        return not self.point


class _Points:
    def __init__(self, fate: Fate) -> None:
        self.fate = fate
        self.left = fate.times

    def reach(self, point: str) -> None:
        if point and point == self.fate.point:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, place: Any, name: str, before: str = "", after: str = "") -> None:
        """Let what is called so reach points before and after it."""
        real: Callable[..., Any] = getattr(place, name)

        def called(*args: Any, **named: Any) -> Any:
            self.reach(before)
            result = real(*args, **named)
            self.reach(after)
            return result

        setattr(place, name, called)


def _prepare(fate: Fate) -> _Points:
    """Short times, so that nobody waits, and the points at which it may end."""
    logging.disable()
    batches.LEASE = left_behind.LEASE = LEASE
    outbound.READ_S = READ_S
    drain.FIRST_WAIT, drain.LONGEST_WAIT = timedelta(seconds=0.05), timedelta(seconds=0.4)
    points = _Points(fate)
    if fate.without == "lease":
        batches.LEASE = timedelta(days=365)
    if fate.without == "key":
        for name in ("push", "multicast"):
            _with_new_keys(name)
    points.around(waves, "claim", after="claim made")
    points.around(drain._Wave, "send", before="claimed")
    points.around(LineClient, "push", before="calling", after="called")
    points.around(LineClient, "multicast", before="calling", after="called")
    points.around(batches, "settle", after="settle made")
    points.around(drain.Drain, "_settle", after="settled")
    points.around(Office, "_respond", after="answer made")
    points.around(LineClient, "reply", before="replying", after="replied")
    points.around(replied.riding, "arrive", after="note made")
    points.around(replied, "settle_replies", after="noted")
    wiring.settle_replies = replied.settle_replies
    return points


def _with_new_keys(name: str) -> None:
    real = getattr(LineClient, name)

    def called(client: LineClient, to: Any, messages: Any, _key: str) -> None:
        real(client, to, messages, str(uuid4()))

    setattr(LineClient, name, called)


def work(settings: Settings, fate: Fate, patience_s: float) -> None:
    """A worker: until all is done, or its end."""
    _prepare(fate)
    house = wiring.open_house(settings, noon)
    until = time.monotonic() + patience_s
    while time.monotonic() < until and not is_done(house.engine):
        house.tick(clock.now())
        time.sleep(0.05)
    house.close()


def noon() -> datetime:
    """Noon of this day in Taipei: at night nobody is sent to."""
    return datetime.combine(clock.taipei_day(clock.now()), time_of_day(12), clock.TAIPEI)


def answer(settings: Settings, fate: Fate, came: Sequence[Incoming]) -> None:
    """A web process that answers these messages, or ends."""
    points = _prepare(fate)
    house = wiring.open_house(settings)
    office = Office(house.engine, echo, EMPTY)
    owed: list[Owed | None] = [office.respond(incoming, clock.now()) for incoming in came]
    points.reach("answered")
    for reply in filter(None, owed):
        house.replies.put(reply)
    house.close()


def is_done(engine: Engine) -> bool:
    """Whether nothing waits for anybody any more."""
    with engine.connect().execution_options(only_reads=True) as db:
        rows = db.scalar(select(func.count()).where(OutboxRow.state.in_(UNDONE)))
        owed = db.scalar(select(func.count()).where(Event.state.in_(UNSETTLED)))
    return not rows and not owed
