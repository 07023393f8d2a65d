"""The reader of each channel: its plans, and what this channel's staff added to them.

Every process asks the database at each event whether the additions changed, and makes a new reader
only then: what staff keep is said by all of them from the next event on.
"""

import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from bot.channels import Channels
from bot.clock import taipei_day
from bot.model.channels import Channel
from bot.model.edition import Edition
from bot.model.entries import Supplement
from bot.store import staff_entries
from bot.store.staff_entries import Kept
from bot.understand.narrowed import only
from bot.understand.reader import Reader
from bot.understand.supplements import Added

PlansOf = Callable[[str], Reader]  # by channel

PREFIX = "staff-"  # of the ids of supplements; the row's own id follows
MOST_DAYS = 4  # readers kept for one channel: of days between which something expired


@dataclass(frozen=True, slots=True)
class Shelf:
    """A channel's additions as of one change, and the readers that were made of them."""

    plans: Reader
    changed_at: datetime
    added: tuple[Added, ...]
    expiries: tuple[date, ...]  # sorted: on the day after each, something is no longer said
    readers: dict[int, Reader] = field(default_factory=dict)  # by how many expiries have passed

    def live_on(self, day: date) -> list[Added]:
        """What is said on this day."""
        return [one for one in self.added if one.entry.expires_on >= day]


class PlanReaders:
    """The plans of each channel; channels that serve the same ones share a reader."""

    def __init__(self, every: Reader, channels: Channels) -> None:
        self._every = every
        self._channels = channels
        self._made: dict[frozenset[str], Reader] = {frozenset(every.plans): every}
        self._lock = threading.Lock()

    def find(self, channel_id: str) -> Reader | None:
        """The plans that this channel answers from; None where it is not served."""
        channel = self._channels.find(channel_id)
        return self.serving(channel) if channel else None

    def serving(self, channel: Channel) -> Reader:
        """The plans that this channel answers from, whether it is still served or not."""
        wanted = frozenset(self._every.plans)
        return self._of(wanted & frozenset(channel.plans) if channel.plans else wanted)

    def of(self, channel_id: str) -> Reader:
        """The plans that this channel answers from; no plan at all where it is not served."""
        return self.find(channel_id) or self._of(frozenset())

    def _of(self, wanted: frozenset[str]) -> Reader:
        made = self._made.get(wanted)
        if made is not None:
            return made
        with self._lock:  # two who come at once index the plans once
            if wanted not in self._made:
                self._made[wanted] = only(self._every, wanted)
            return self._made[wanted]


class Readers:
    """Gives the reader of a channel on a day. Threads may share it."""

    def __init__(self, plans_of: PlansOf) -> None:
        self.plans_of = plans_of
        self._shelves: dict[str, Shelf] = {}
        self._lock = threading.Lock()

    def reader_of(self, db: Connection, channel_id: str, at: datetime) -> Reader:
        """The plans with what staff of this channel added and had not expired on the day of `at`.

        Costs one indexed query where nothing changed.
        """
        return self.reader_as_of(db, channel_id, at, staff_entries.newest_change(db, channel_id))

    def reader_as_of(
        self, db: Connection, channel_id: str, at: datetime, changed_at: datetime | None
    ) -> Reader:
        """As `reader_of`, where it is known when this channel's entries last changed."""
        plans = self.plans_of(channel_id)
        if changed_at is None:
            return plans
        shelf = self._shelves.get(channel_id)
        day = taipei_day(at)
        if shelf is not None and shelf.changed_at == changed_at and shelf.plans is plans:
            made = shelf.readers.get(bisect_left(shelf.expiries, day))
            if made is not None:
                return made
        with self._lock:
            shelf = self._shelves.get(channel_id)
            if shelf is None or shelf.changed_at != changed_at or shelf.plans is not plans:
                kept = staff_entries.not_withdrawn(db, channel_id)
                shelf = self._shelves[channel_id] = shelf_of(plans, kept, changed_at)
            return _made(shelf, day)


def _made(shelf: Shelf, day: date) -> Reader:
    """The shelf's reader of this day; made where nobody asked for it yet."""
    expired = bisect_left(shelf.expiries, day)
    reader = shelf.readers.get(expired)
    if reader is None:
        live = shelf.live_on(day)
        reader = shelf.plans.with_supplements(live) if live else shelf.plans
        for oldest in list(shelf.readers)[: 1 - MOST_DAYS]:
            del shelf.readers[oldest]
        shelf.readers[expired] = reader
    return reader


def shelf_of(plans: Reader, kept: Sequence[Kept], changed_at: datetime) -> Shelf:
    """The additions to plans that are loaded; what was said of others waits for them."""
    added = [one for entry in kept if (one := _added(plans, entry))]
    expiries = sorted({one.entry.expires_on for one in added})
    return Shelf(plans, changed_at, tuple(added), tuple(expiries))


def _added(plans: Reader, kept: Kept) -> Added | None:
    edition = edition_of(plans, kept)
    return Added(edition, supplement_of(kept)) if edition else None


def edition_of(plans: Reader, kept: Kept) -> Edition | None:
    """The edition that an addition stands beside; None where it is not loaded.

    One of a year that is not loaded is never said of another year.
    """
    if kept.edition:
        return plans.edition(f"{kept.plan}/{kept.edition}")
    return plans.edition_at(kept.plan, kept.made_at) if plans.editions(kept.plan) else None


def supplement_of(kept: Kept) -> Supplement:
    """What staff kept, as an entry."""
    return Supplement(
        id=PREFIX + kept.id,
        title=kept.title,
        source=(kept.source,),
        says=kept.says,
        text=kept.text,
        answered_on=taipei_day(kept.made_at),
        expires_on=kept.expires_on,
    )
