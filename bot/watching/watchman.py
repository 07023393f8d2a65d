"""Who looks: the worker at all that may be wrong, the web at whether a worker comes round."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from sqlalchemy import Connection, Engine

from bot.clock import taipei_day
from bot.errors import DeliveryError
from bot.mail.letter import Letter
from bot.messages import Answer
from bot.model.alarms import Vitals
from bot.model.edition import Edition
from bot.store import alarms, pulses
from bot.store.alarms import AlarmNews
from bot.watching import facts, telling

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
BEAT_EVERY = timedelta(seconds=20)


class Post(Protocol):
    """Whoever hands letters to a mail server; raises DeliveryError."""

    def send(self, letter: Letter) -> None: ...
    def close(self) -> None: ...


@dataclass(slots=True, kw_only=True)
class Watchman:
    """Looks once a minute, and tells staff; one for each process."""

    engine: Engine
    channel_id: str
    editions: Sequence[Edition] = ()
    post: Post | None = None  # None: no mail server is set
    _next: datetime | None = field(default=None, init=False)
    _beat_at: datetime | None = field(default=None, init=False)
    _since: datetime | None = field(default=None, init=False)

    def came_round(self, now: datetime) -> None:
        """A worker came to the end of its round."""
        if self._beat_at is not None and timedelta(0) <= now - self._beat_at < BEAT_EVERY:
            return
        with self.engine.begin() as db:
            pulses.beat(db, self.channel_id, pulses.TICK, now)
        self._beat_at = now

    def look(self, now: datetime, today: datetime) -> None:
        """For a worker: at all that may be wrong; that this one came here ends the clock's alarm.

        Args:
            now: of the real clock.
            today: of the clock that stamps events.
        """
        if self._next is not None and now < self._next:
            return
        self._next = now + EVERY
        day = taipei_day(today)
        with self.engine.begin() as db:
            vitals = pulses.vitals(db, self.channel_id, today)
            found = facts.of_sending(vitals, now, today) + facts.of_knowledge(self.editions, day)
            news = AlarmNews(
                wrong=alarms.keep(db, self.channel_id, found, now, day),
                over=alarms.end(db, self.channel_id, found, now),
            )
            self._tell(db, news, vitals, now, today)
        self._mail(news, now)

    def look_at_clock(self, now: datetime, today: datetime) -> list[str]:
        """For the web: whether a worker comes round; gives the staff to whom a push may go now."""
        self._since = self._since or now
        with self.engine.connect().execution_options(only_reads=True) as db:
            vitals = pulses.vitals(db, self.channel_id, today)
        if not facts.is_stopped(vitals, now, self._since):
            return []
        found = [facts.of_clock(vitals)]
        with self.engine.begin() as db:
            wrong = alarms.keep(db, self.channel_id, found, now, taipei_day(today))
            news = AlarmNews(wrong=wrong)
            pushed = self._tell(db, news, vitals, now, today)
        self._mail(news, now)
        return pushed

    def _tell(
        self, db: Connection, news: AlarmNews, vitals: Vitals, now: datetime, today: datetime
    ) -> list[str]:
        for alarm in news.wrong:
            log.error("alarm: %s", alarm.fact)
        for alarm in news.over:
            log.info("alarm is over: %s", alarm.fact)
        if not news:
            return []
        may_push = not facts.is_refused(vitals, now)
        channel = telling.TellingWays(
            channel_id=self.channel_id, may_push=may_push, mails=bool(self.post)
        )
        return telling.tell(db, channel, news, today)

    def _mail(self, news: AlarmNews, now: datetime) -> None:
        """To those who see to the console, with no transaction open."""
        if not news or self.post is None:
            return
        with self.engine.connect().execution_options(only_reads=True) as db:
            addresses = telling.admins(db, self.channel_id)
        try:
            for address in addresses:
                self.post.send(_letter(address, telling.answers_of(news), now))
        except DeliveryError as err:
            log.error("an alarm could not be mailed: %s", err)
        finally:
            self.post.close()


def _letter(address: str, answers: Sequence[Answer], now: datetime) -> Letter:
    return Letter(
        mail_id=uuid4().hex, address=address, leave_url="", at=now, answers=tuple(answers)
    )
