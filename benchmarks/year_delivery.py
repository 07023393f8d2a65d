"""One replay of the year: planned and delivered an hour at a time, by the real outbox and drain.

LINE's part is played by an object of this process that takes every call and counts.
"""

import random
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import Engine, exists, select, text

from benchmarks.year_teachers import BEGIN, END, SEED, Teacher, live
from bot.delivery.drain import Drain
from bot.messages import Answer
from bot.reminders.planning import Planner, Plans
from bot.settings import CHANNEL_ID
from bot.store import riding
from bot.store.reminder_tables import FollowRow
from bot.store.tables import OPEN, OutboxRow
from bot.understand.reader import Reader

STEP = timedelta(hours=1)
DEEDS_AT = 10
AWAKE = range(7, 21)  # hours at which teachers write to the bot, at half past


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What differs between two replays."""

    most: int | None  # messages a month; None: without limit
    share: float  # of the days: each teacher writes to the bot on so many
    until: datetime = END


@dataclass(slots=True)
class Line:
    """Takes whatever is sent, and counts it as LINE does: by people and calendar month."""

    most: int | None
    now: datetime = BEGIN
    pushes: int = 0
    multicasts: int = 0
    keys: set[str] = field(default_factory=set)
    used: Counter[str] = field(default_factory=Counter)  # by month
    cards: Counter[str] = field(default_factory=Counter)  # notices that reached each person
    rang: defaultdict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def push(self, user_id: str, answer: Answer, retry_key: str) -> None:
        """One person's."""
        with self._lock:
            self.pushes += 1
            self._take((user_id,), answer, retry_key)

    def multicast(self, user_ids: Sequence[str], answer: Answer, retry_key: str) -> None:
        """The same to many."""
        with self._lock:
            self.multicasts += 1
            self._take(user_ids, answer, retry_key)

    def quota(self) -> tuple[int | None, int]:
        """The month's limit, and what is used of it."""
        return self.most, self.used[f"{self.now:%Y-%m}"]

    def _take(self, user_ids: Sequence[str], answer: Answer, retry_key: str) -> None:
        if retry_key in self.keys:
            raise AssertionError("the same call twice, where none was lost")
        self.keys.add(retry_key)
        self.used[f"{self.now:%Y-%m}"] += len(user_ids)
        for user_id in user_ids:
            self.cards[user_id] += len(answer.cards)
            self.rang[user_id].append(self.now)

    @property
    def paid(self) -> int:
        """Messages that the account pays for: each person of each call."""
        return self.used.total()


def replay(engine: Engine, reader: Reader, teachers: Sequence[Teacher], setting: Setting) -> Line:
    """The whole year in a database in which the teachers have settled."""
    line = Line(setting.most)
    planner = Planner(engine.begin, Plans(reader.edition, reader.library.version), CHANNEL_ID)
    drain = Drain(engine=engine, sender=line, channel_id=CHANNEL_ID, elapsed=lambda: 0.0)
    writers = _writers(teachers, setting.share)
    acting = _acting(teachers)
    now = next_at = BEGIN
    waits = False
    while now < setting.until:
        line.now = now
        if next_at <= now:
            planner.plan(now)
            next_at, waits = _next(engine), True
        if waits:  # else this hour is over at once
            drain.run(now, now)
        if now.hour == DEEDS_AT and now.date() in acting:
            for one in acting[now.date()]:
                with engine.begin() as db:
                    live(db, reader, one, now + timedelta(minutes=10))
            next_at = _next(engine)
        if waits:
            _reply(engine, line, writers.get(now, set()), now + STEP / 2)
            waits = _is_open(engine)
        now += STEP
    return line


def _acting(teachers: Sequence[Teacher]) -> Mapping[date, list[Teacher]]:
    found = defaultdict(list)
    for one in teachers:
        for day in one.days:
            found[day].append(one)
    return found


def _writers(teachers: Sequence[Teacher], share: float) -> Mapping[datetime, set[str]]:
    """Who writes to the bot in which hour."""
    chance, found = random.Random(SEED), defaultdict(set)
    for number in range((END - BEGIN).days):
        day = BEGIN + timedelta(days=number)
        for one in teachers:
            if chance.random() < share:
                found[day.replace(hour=chance.choice(AWAKE))].add(one.user_id)
    return found


def _next(engine: Engine) -> datetime:
    """When the next thing falls due."""
    first = select(FollowRow.at).where(text("NOT is_planned")).order_by(FollowRow.at).limit(1)
    with engine.connect().execution_options(only_reads=True) as db:
        return db.scalar(first) or END


def _is_open(engine: Engine) -> bool:
    """Whether anything waits."""
    with engine.connect().execution_options(only_reads=True) as db:
        return bool(db.scalar(select(exists().where(OutboxRow.state.in_(OPEN)))))


def _reply(engine: Engine, line: Line, writers: set[str], at: datetime) -> None:
    """These teachers are answered; what waits for them comes along."""
    if not writers:
        return
    with engine.begin() as db:
        waits = select(OutboxRow.user_id).distinct().where(OutboxRow.state.in_(OPEN))
        for user_id in sorted(writers & set(db.scalars(waits))):
            event_id = uuid4().hex
            taken = riding.take(db, CHANNEL_ID, user_id, event_id, at)
            line.cards[user_id] += sum(len(answer.cards) for answer in taken)
            riding.arrive(db, [(CHANNEL_ID, event_id)], at)
