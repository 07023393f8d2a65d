"""A channel that is watched: time goes on, workers come round or do not, staff read what comes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine, select

from bot.cli.plain import plain
from bot.delivery.drain import Drain
from bot.line.pushes import Pusher
from bot.mail.smtp import SmtpSender
from bot.messages import from_plain
from bot.model.alarms import Alarm
from bot.model.edition import Edition
from bot.model.staff_roles import StaffRole
from bot.simulator.platform import Platform
from bot.store import account_links, accounts, alarms, people, riding
from bot.store.people import Role
from bot.store.tables import OutboxRow
from bot.watching.watchman import Watchman
from tests.delivery.notices import said
from tests.mail.server import MailServer
from tests.personas import TEACHER
from tests.store.events_of import NOON

CLERK = TEACHER.user_id
ADMIN = "admin@example.tw"


@dataclass
class Watched:
    """Over each kind of database, with a strict LINE and a mail server."""

    engine: Engine
    platform: Platform
    pusher: Pusher
    server: MailServer
    now: datetime = NOON
    drain: Drain = field(init=False)

    def __post_init__(self) -> None:
        self.drain = Drain(engine=self.engine, sender=self.pusher, channel_id="default")
        with self.engine.begin() as db:
            people.see(db, "default", CLERK, self.now)
            people.give_role(db, "default", CLERK, Role.STAFF)

    def watchman(self, editions: Sequence[Edition] = (), mails: bool = False) -> Watchman:
        """Who watches in one process."""
        post = SmtpSender(self.server.url, "師鐘 <bell@example.edu.tw>") if mails else None
        return Watchman(engine=self.engine, channel_id="default", editions=editions, post=post)

    def admin(self, linked: bool = False) -> None:
        """An admin of the console, who may be the member of staff."""
        with self.engine.begin() as db:
            account = accounts.add(db, "default", ADMIN, StaffRole.ADMIN, self.now)
            assert account
            code = account_links.offer(db, "default", account.id, self.now)
            if linked:
                account_links.take(db, "default", CLERK, code, self.now)

    def later(self, **time: float) -> datetime:
        """The clock goes on."""
        self.now += timedelta(**time)
        self.platform.daytime.set_to(self.now)
        return self.now

    def round(self, watchman: Watchman) -> None:
        """What a worker does: sends, looks, comes to the end."""
        self.drain.run(self.now, self.now)
        watchman.look(self.now, self.now)
        watchman.came_round(self.now)
        self.drain.run(self.now, self.now)

    def web_looks(self, watchman: Watchman) -> None:
        """What a web process does once a minute."""
        staff = watchman.look_at_clock(self.now, self.now)
        if staff:
            self.drain.run(self.now, self.now, only=staff)

    def pushed(self) -> list[str]:
        """What the member of staff was pushed, in words."""
        return said(self.platform.inbox(CLERK))

    def with_a_reply(self) -> str:
        """What comes along when the member of staff writes now."""
        with self.engine.begin() as db:
            waited = riding.take(db, "default", CLERK, "E-any", self.now)
        return "".join(map(plain, waited))

    def queued(self) -> list[str]:
        """All that waits or waited for the member of staff, in words."""
        with self.engine.connect() as db:
            rows = db.scalars(select(OutboxRow.answer).order_by(OutboxRow.key))
            return [plain(from_plain(row)) for row in rows]

    def wrong(self) -> list[Alarm]:
        """What is wrong now."""
        with self.engine.connect() as db:
            return alarms.active(db, "default")
