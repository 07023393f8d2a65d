"""The channels as a process knows them: the settings' own, and those that are kept as rows.

Every process reads the rows anew after a few seconds, in one small query, and never per event:
what is added, changed or retired holds everywhere soon, without a restart.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import SealBroken
from bot.model.channels import Channel
from bot.sealing import unseal
from bot.settings import CHANNEL_ID, CHANNEL_TITLE, Settings
from bot.store import channels as rows
from bot.store.channels import KeptChannel

log = logging.getLogger(__name__)

FRESH_S = 5.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What one reading came to."""

    read_at: float
    by_id: Mapping[str, Channel]
    by_destination: Mapping[str, Channel]


@dataclass(slots=True)
class Channels:
    """Every channel that is served. Threads may share it.

    Args:
        own: the channel of the settings; it is there whatever the rows say.
        key: opens the rows' secrets; empty: none can be opened.
    """

    engine: Engine
    own: Channel
    key: str = field(repr=False)
    elapsed: Callable[[], float] = time.monotonic
    _known: _Known | None = field(default=None, init=False)
    _sealed_off: set[str] = field(default_factory=set, init=False)  # told of once
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def active(self) -> list[Channel]:
        """Those that are served: the settings' own first, the others by id."""
        return list(self._now().by_id.values())

    def find(self, channel_id: str) -> Channel | None:
        """The channel of this id; None where it is none that is served."""
        return self._now().by_id.get(channel_id)

    def addressed(self, destination: str) -> Channel:
        """Whom a webhook is for that names this account; the settings' own where it is nobody."""
        return self._now().by_destination.get(destination, self.own)

    def _now(self) -> _Known:
        known = self._known
        if known is not None and self.elapsed() - known.read_at < FRESH_S:
            return known
        # Whoever comes while another one reads goes by what was known, if anything was.
        if not self._lock.acquire(blocking=known is None):
            assert known is not None
            return known
        try:
            if self._known is not known and self._known is not None:
                return self._known  # read while this one waited
            self._known = self._read(known)
            return self._known
        finally:
            self._lock.release()

    def _read(self, before: _Known | None) -> _Known:
        try:
            with self.engine.connect().execution_options(only_reads=True) as db:
                kept = rows.every(db)
        except SQLAlchemyError as err:  # the database is away: what was known goes on
            log.error("the channels could not be read: %s", type(err).__name__)
            others = dict(before.by_id) if before else {}
            others.pop(self.own.id, None)
        else:
            served = [
                one for one in kept if one.retired_at is None and one.channel_id != self.own.id
            ]
            others = {one.id: one for row in served if (one := self._open(row))}
        found = {self.own.id: self.own, **others}
        return _Known(
            read_at=self.elapsed(),
            by_id=found,
            by_destination={one.destination: one for one in others.values()},
        )

    def _open(self, row: KeptChannel) -> Channel | None:
        """None where its secrets cannot be read; the other channels go on."""
        try:
            found = opened(row, self.key)
        except SealBroken as err:
            if row.channel_id not in self._sealed_off:
                self._sealed_off.add(row.channel_id)
                log.error("channel %s is not served: %s", row.channel_id, err)
            return None
        self._sealed_off.discard(row.channel_id)
        return found


def own_channel(settings: Settings) -> Channel:
    """The channel that the settings describe."""
    return Channel(
        id=CHANNEL_ID,
        secret=settings.line_channel_secret,
        old_secret=settings.line_channel_secret_old,
        token=settings.line_channel_access_token,
        title=CHANNEL_TITLE,
    )


def opened(row: KeptChannel, key: str) -> Channel:
    """A kept channel with its secrets readable.

    Raises:
        SealBroken: they were sealed with another key.
    """
    if not key:
        raise SealBroken("there is no SECRET_KEY")
    return Channel(
        id=row.channel_id,
        secret=unseal(key, row.secret),
        token=unseal(key, row.token),
        title=row.title,
        destination=row.destination,
        plans=tuple(row.plans),
    )
