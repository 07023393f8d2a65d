"""The reader of each channel: the plans, and what this channel's staff added to them.

Every process asks the database at each event whether the additions changed, and makes a new reader
only then: what staff keep is said by all of them from the next event on.
"""

import threading
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from bot.clock import taipei_day
from bot.model.edition import Edition
from bot.model.entries import Supplement
from bot.store import staff_entries
from bot.store.staff_entries import Kept
from bot.understand.reader import Reader
from bot.understand.supplements import Added

PREFIX = "staff-"  # of the ids of supplements; the row's own id follows
MOST_DAYS = 4  # readers kept for one channel: of days between which something expired


@dataclass(frozen=True, slots=True)
class Shelf:
    """A channel's additions as of one change, and the readers that were made of them."""

    changed_at: datetime
    added: tuple[Added, ...]
    expiries: tuple[date, ...]  # sorted: on the day after each, something is no longer said
    readers: dict[int, Reader] = field(default_factory=dict)  # by how many expiries have passed

    def live_on(self, day: date) -> list[Added]:
        """What is said on this day."""
        return [one for one in self.added if one.entry.expires_on >= day]


class Readers:
    """Gives the reader of a channel on a day. Threads may share it."""

    def __init__(self, plans: Reader) -> None:
        self.plans = plans
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
        if changed_at is None:
            return self.plans
        shelf = self._shelves.get(channel_id)
        day = taipei_day(at)
        if shelf is not None and shelf.changed_at == changed_at:
            made = shelf.readers.get(bisect_left(shelf.expiries, day))
            if made is not None:
                return made
        with self._lock:
            return self._made(db, channel_id, changed_at, day)

    def _made(self, db: Connection, channel_id: str, changed_at: datetime, day: date) -> Reader:
        shelf = self._shelves.get(channel_id)
        if shelf is None or shelf.changed_at != changed_at:
            kept = staff_entries.not_withdrawn(db, channel_id)
            shelf = shelf_of(self.plans, kept, changed_at)
            self._shelves[channel_id] = shelf
        expired = bisect_left(shelf.expiries, day)
        reader = shelf.readers.get(expired)
        if reader is None:
            live = shelf.live_on(day)
            reader = self.plans.with_supplements(live) if live else self.plans
            for oldest in list(shelf.readers)[: 1 - MOST_DAYS]:
                del shelf.readers[oldest]
            shelf.readers[expired] = reader
        return reader


def shelf_of(plans: Reader, kept: Sequence[Kept], changed_at: datetime) -> Shelf:
    """The additions to plans that are loaded; what was said of others waits for them."""
    added = [one for entry in kept if (one := _added(plans, entry))]
    expiries = sorted({one.entry.expires_on for one in added})
    return Shelf(changed_at, tuple(added), tuple(expiries))


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
