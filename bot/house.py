"""What one process holds open, and what it does by itself on every round of the clock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from bot.broadcasts.running import Broadcaster
from bot.console_work.tidying import Tidier
from bot.counting.meter import Meter
from bot.delivery.drain import Drain
from bot.delivery.mail import MailDrain
from bot.dispatch import take_left_behind
from bot.line.menus import MenuClient
from bot.line.outbound import LineClient
from bot.line.replies import Replies
from bot.menus.linking import MenuLinks
from bot.reminders.planning import Planner
from bot.watching.lookout import Lookout
from bot.watching.watchman import Watchman


@dataclass(frozen=True, slots=True)
class House:
    """What one process holds open. Open it after a fork, close it at the end."""

    engine: Engine
    client: LineClient
    replies: Replies
    now: Callable[[], datetime]  # the clock that people live by
    drain: Drain
    stopping: threading.Event
    menu_client: MenuClient
    menu_links: MenuLinks
    watchman: Watchman
    meter: Meter
    planner: Planner | None = None  # None: this process reminds nobody
    mail: MailDrain | None = None  # None: no mail server is set
    broadcaster: Broadcaster | None = None  # None: as for reminders
    tidier: Tidier | None = None  # None: as for reminders

    def tick(self, now: datetime) -> None:
        """Send what a dead process left behind, plan what fell due, then send for a while.

        What is to go by mail is taken out first, and sent last: a mail server may be slow.
        """
        for owed in take_left_behind(self.engine, now):
            self.replies.put(owed)
        today = self.now()
        if self.planner is not None:
            self.planner.plan(today, self.stopping.is_set)
        if self.broadcaster is not None:
            self.broadcaster.run(today, self.stopping.is_set)
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

    def look_at_clock(self, now: datetime) -> None:
        """For the web: tell staff where no worker comes round; nobody else would."""
        today = self.now()
        staff = self.watchman.look_at_clock(now, today)
        if staff:
            self.drain.run(now, today, only=staff)

    @contextmanager
    def looking_out(self, real_now: Callable[[], datetime]) -> Iterator[None]:
        """While in it, a thread of its own looks at the clock once a minute."""
        lookout = Lookout(lambda: self.look_at_clock(real_now()))
        try:
            yield
        finally:
            lookout.close()

    def close(self) -> None:
        """Send what is on its way, write down how it ended, and let go of everything."""
        self.replies.close()
        self.client.close()
        self.menu_client.close()
        self.engine.dispose()
