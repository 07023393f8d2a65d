"""The working parts of each channel: with its own token it replies, pushes, reminds, hangs menus.

A station is made when its channel is first needed, and anew when the channel was changed. What
fails at one of them stops none of the others.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.broadcasts.running import Broadcaster
from bot.broadcasts.sources import sources_of
from bot.channels import Channels
from bot.console_work.tidying import Tidier
from bot.delivery.drain import Drain
from bot.delivery.mail import MailDrain
from bot.errors import NotAllowed
from bot.handlers.quota_news import warn_staff
from bot.line.menus import MenuClient
from bot.line.outbound import LineClient
from bot.line.pushes import Pusher
from bot.links import Links
from bot.mail.smtp import SmtpSender
from bot.menus.linking import MenuLinks
from bot.model.channels import Channel
from bot.model.retention import Retention
from bot.reminders.planning import Planner, Plans
from bot.settings import Settings
from bot.understand.reader import Reader
from bot.watching.watchman import Watchman

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """What is done for one channel, by one process."""

    channel: Channel
    reader: Reader | None  # by which its people are reminded; None: this process reminds nobody
    client: LineClient
    menu_client: MenuClient
    drain: Drain
    menu_links: MenuLinks
    watchman: Watchman
    planner: Planner | None = None  # None: this process reminds nobody
    mail: MailDrain | None = None  # None: no mail server is set
    broadcaster: Broadcaster | None = None  # None: as for reminders
    tidier: Tidier | None = None  # None: as for reminders

    def tick(self, now: datetime, today: datetime, is_stopping: Callable[[], bool]) -> None:
        """Plan what fell due, then send for a while.

        What is to go by mail is taken out first, and sent last: a mail server may be slow.

        Args:
            now: of the real clock.
            today: of the clock that people live by.
        """
        if self.planner is not None:
            self.planner.plan(today, is_stopping)
        if self.broadcaster is not None:
            self.broadcaster.run(today, is_stopping)
        if self.mail:
            self.mail.take(today)
        self.drain.run(now, today)
        self.menu_links.run(now)
        if self.mail:
            self.mail.run(now, today)
        if self.tidier is not None:
            self.tidier.run(now, today)
        self.watchman.look(now, today)
        self.watchman.came_round(now)  # last: a round that breaks is none

    def look_at_clock(self, now: datetime, today: datetime) -> None:
        """Tell staff where no worker comes round; nothing else of the outbox goes out."""
        if staff := self.watchman.look_at_clock(now, today):
            self.drain.run(now, today, only=staff)

    def close(self) -> None:
        """Close its connections."""
        self.client.close()
        self.menu_client.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Makes stations.

    Args:
        opened_at: of the real clock, when the plans were loaded.
        reader_of: the plans by which a channel's people are reminded; None: nobody is. It goes by
            the channel in hand: of one that is retired meanwhile no date is to look dropped.
    """

    engine: Engine
    settings: Settings
    is_stopping: Callable[[], bool]
    opened_at: datetime
    reader_of: Callable[[Channel], Reader] | None = None

    def reader(self, channel: Channel) -> Reader | None:
        """The plans by which this channel's people are reminded."""
        return self.reader_of(channel) if self.reader_of else None

    def make(self, channel: Channel) -> Station:
        """The station of this channel."""
        reader, settings = self.reader(channel), self.settings
        client = LineClient(settings.line_api_base, channel.token)
        menus = MenuClient(settings.line_api_base, settings.line_data_api_base, channel.token)
        drain = Drain(
            engine=self.engine,
            sender=Pusher(client),
            channel_id=channel.id,
            warn=warn_staff,
            is_stopping=self.is_stopping,
        )
        links = MenuLinks(
            engine=self.engine, line=menus, channel_id=channel.id, is_stopping=self.is_stopping
        )
        sources = sources_of(reader.edition) if reader else None
        return Station(
            channel=channel,
            reader=reader,
            client=client,
            menu_client=menus,
            drain=drain,
            menu_links=links,
            watchman=self._watchman(channel, reader),
            planner=planner_of(self.engine, reader, channel.id, self.opened_at) if reader else None,
            mail=self._mail(channel),
            broadcaster=Broadcaster(self.engine, channel.id, sources) if sources else None,
            tidier=Tidier(self.engine, channel.id, self._retention()) if reader else None,
        )

    def _retention(self) -> Retention:
        settings = self.settings
        return Retention(
            questions=settings.keep_questions_days,
            events=settings.keep_events_days,
            messages=settings.keep_messages_days,
        )

    def _watchman(self, channel: Channel, reader: Reader | None) -> Watchman:
        settings = self.settings
        return Watchman(
            engine=self.engine,
            channel_id=channel.id,
            editions=reader.library.editions if reader else (),
            post=SmtpSender(settings.smtp_url, settings.mail_from) if settings.has_mail else None,
        )

    def _mail(self, channel: Channel) -> MailDrain | None:
        settings = self.settings
        if not settings.has_mail:
            return None
        return MailDrain(
            engine=self.engine,
            sender=SmtpSender(settings.smtp_url, settings.mail_from),
            channel_id=channel.id,
            links=links_of(settings),
            is_stopping=self.is_stopping,
        )


def links_of(settings: Settings) -> Links:
    """What signs links, and opens those of the key before, too."""
    return Links(settings.address, settings.secret_key, settings.secret_key_old)


def planner_of(
    engine: Engine, reader: Reader, channel_id: str, loaded_at: datetime | None
) -> Planner:
    """What plans a channel's reminders by these plans; the newest-loaded ones count."""
    plans = Plans(reader.edition, reader.library.version, loaded_at=loaded_at)
    return Planner(engine.begin, plans, channel_id)


class Stations:
    """The station of every channel that is served. Threads may share it."""

    def __init__(self, channels: Channels, workshop: Workshop) -> None:
        self._channels = channels
        self._workshop = workshop
        self._made: dict[str, Station] = {}
        self._lock = threading.Lock()

    def own(self) -> Station:
        """The station of the channel that the settings describe."""
        return self._of(self._channels.own)

    def every(self) -> list[Station]:
        """The stations of all channels; those of retired channels are closed."""
        served = self._channels.active()
        with self._lock:
            ids = {channel.id for channel in served}
            for gone in [one for one in self._made if one not in ids]:
                self._made.pop(gone).close()
        return [self._of(channel) for channel in served]

    def client_of(self, channel_id: str) -> LineClient:
        """What speaks for this channel.

        Raises:
            NotAllowed: it is not served any more.
        """
        channel = self._channels.find(channel_id)
        if channel is None:
            raise NotAllowed(f"channel {channel_id} is not served")
        return self._of(channel).client

    def tick(self, now: datetime, today: datetime, between: Callable[[], None]) -> None:
        """Let every station work for a while, one after the other.

        Args:
            between: done before each of them: what cannot wait until all had their turn.
        """
        for station in self.every():
            between()
            try:
                station.tick(now, today, self._workshop.is_stopping)
            except OperationalError:  # the database is away: for all of them
                raise
            except Exception:  # the top of one channel: the others go on
                log.exception("channel %s could not be served", station.channel.id)

    def look_at_clock(self, now: datetime, today: datetime) -> None:
        """Let every station see whether its worker comes round."""
        for station in self.every():
            try:
                station.look_at_clock(now, today)
            except Exception:  # the top of one channel: the others go on
                log.exception("channel %s could not be looked at", station.channel.id)

    def close(self) -> None:
        """Close all of them."""
        with self._lock:
            for station in self._made.values():
                station.close()
            self._made.clear()

    def _of(self, channel: Channel) -> Station:
        made = self._made.get(channel.id)
        if made is not None and self._fits(made, channel):
            return made
        with self._lock:
            made = self._made.get(channel.id)
            if made is None or not self._fits(made, channel):
                if made is not None:
                    made.close()
                made = self._made[channel.id] = self._workshop.make(channel)
            return made

    def _fits(self, made: Station, channel: Channel) -> bool:
        """Whether it was made of what holds now: its token, its plans."""
        return made.channel == channel and made.reader is self._workshop.reader(channel)
