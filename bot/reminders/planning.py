"""Planning: what fell due goes into the outbox, each thing once, by one planner at a time.

Costs what is due, not how many people there are: pages of rows in the order of their instants,
each page in a transaction of its own. A kill at any instant costs nothing: what was queued has the
key of its fact, and what was not marked is planned again.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from bot.answers.reminder_lines import notice
from bot.ledger import EditionOf
from bot.messages import Answer
from bot.model.reminders import QUIET
from bot.reminders.decide import after_quiet, kind_of
from bot.reminders.follows import Where, refresh
from bot.reminders.sharing import Sharing
from bot.store import clock_marks, follows, outbox
from bot.store.clock_marks import Bringing, ClockMark
from bot.store.follows import Fallen
from bot.store.outbox import Notice

Begin = Callable[[], AbstractContextManager[Connection]]  # opens a transaction
PAGE = 1000
PEOPLE = 500  # brought up to date in one transaction: others wait for it on SQLite
A_WHILE = timedelta(minutes=1)  # between two marks of a time in which nothing fell due
# So long nobody planned by newer plans: then their processes are gone, and older ones go on.
GONE_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans by which people are reminded, and the version that tells them apart."""

    edition_of: EditionOf
    version: str
    loaded_at: datetime | None = None  # by the real clock; None: whatever others have is older


@dataclass(slots=True)
class Planned:
    """What one planning came to."""

    queued: int = 0
    known: int = 0  # had been queued before
    voided: int = 0  # of no more use when their time was looked at
    put_off: int = 0  # of those queued: until quiet hours are over
    told_anew: int = 0  # of moved or dropped dates
    by_fact: dict[str, int] = field(default_factory=dict)  # queued

    def __bool__(self) -> bool:
        return bool(self.queued or self.known or self.voided or self.told_anew)


class Planner:
    """Plans one channel's reminders. Any number may run against one database."""

    def __init__(self, begin: Begin, plans: Plans, channel_id: str) -> None:
        self._begin = begin
        self._plans = plans
        self._channel_id = channel_id
        self._sharing = Sharing(plans.edition_of)
        self._answers: dict[str, Answer] = {}

    def plan(self, now: datetime, is_stopping: Callable[[], bool] = lambda: False) -> Planned:
        """Queue all that is due at `now` and was not queued before.

        Args:
            now: of the clock that people live by.
            is_stopping: asked between pages; what is left then is planned by whoever comes next.
        """
        planned = Planned()
        while not is_stopping():
            with self._begin() as db:
                mark = clock_marks.hold(db, self._channel_id)
                if mark is None:
                    break  # another process plans
                if not self._step(db, mark, now, planned):
                    break
        return planned

    def _step(self, db: Connection, mark: ClockMark, now: datetime, planned: Planned) -> bool:
        """One page of work; False where none was left."""
        if mark.version != self._plans.version or mark.wanted != mark.version:
            if self._is_outdated(mark, now):
                return False
            self._bring_up_to_date(db, mark, now, planned)
            return True
        page = follows.fallen_due(db, self._channel_id, now, PAGE)
        if page:
            self._queue(db, page, now, planned)
            follows.mark_planned(db, self._channel_id, [fallen.follow for fallen in page])
        last = mark.planned_at
        if page or last is None or not last <= now < last + A_WHILE:
            clock_marks.set_planned(db, self._channel_id, now)
        return len(page) == PAGE

    def _bring_up_to_date(
        self, db: Connection, mark: ClockMark, now: datetime, planned: Planned
    ) -> None:
        """The plans are others than those by which follows were kept: the next people's are."""
        wanted = self._plans.version
        done_up_to = mark.done_up_to if mark.wanted == wanted else ""
        people = follows.people_after(db, self._channel_id, done_up_to, PEOPLE)
        bringing = Bringing(wanted=wanted, since=self._plans.loaded_at, at=now)
        if not people:
            clock_marks.set_version(db, self._channel_id, wanted, bringing)
            return
        where = Where(db, self._channel_id, self._plans.edition_of, now)
        planned.told_anew += refresh(where, *people, sharing=self._sharing)
        bringing = replace(bringing, done_up_to=people[-1])
        clock_marks.set_version(db, self._channel_id, mark.version, bringing)

    def _is_outdated(self, mark: ClockMark, now: datetime) -> bool:
        """Whether a process that began later, and is at work, has other plans.

        While processes are replaced one after another, old and new ones run side by side: without
        this they would move everybody's dates to and fro, and tell people so.
        """
        mine = self._plans.loaded_at
        if mark.wanted == self._plans.version or mine is None or mark.wanted_since is None:
            return False
        worked = [at for at in (mark.planned_at, mark.brought_at) if at is not None]
        is_at_work = any(at <= now < at + GONE_AFTER for at in worked)
        return mine < mark.wanted_since and is_at_work

    def _queue(
        self, db: Connection, page: Sequence[Fallen], now: datetime, planned: Planned
    ) -> None:
        made = [n for fallen in page if (n := self._notice(fallen, now)) is not None]
        queued = outbox.put_many(db, made)
        planned.queued += queued
        planned.known += len(made) - queued
        planned.voided += len(page) - len(made)
        for one in made:
            planned.put_off += one.not_before > now
            planned.by_fact[one.fact] = planned.by_fact.get(one.fact, 0) + 1

    def _notice(self, fallen: Fallen, now: datetime) -> Notice | None:
        """None where it is of no more use: the date is over, or the next lead says it."""
        follow = fallen.follow
        stretch = self._sharing.stretches.find(follow.stretch)
        release = max(follow.at, after_quiet(now, _quiet(fallen)))
        if stretch is None or release >= follow.until:
            return None
        answer = self._answers.get(follow.stretch)
        if answer is None:
            answer = self._answers[follow.stretch] = notice(stretch)
        return Notice(
            channel_id=self._channel_id,
            user_id=follow.user_id,
            key=follow.key,
            answer=answer,
            made_at=now,
            not_before=follow.at if release <= now else release,
            expires_at=follow.until,
            kind=kind_of(stretch),
            fact=follow.fact,
        )


def _quiet(fallen: Fallen) -> tuple[time, time]:
    begin, end = fallen.quiet_from, fallen.quiet_to
    return (QUIET[0] if begin is None else begin, QUIET[1] if end is None else end)
