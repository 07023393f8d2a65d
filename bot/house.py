"""What one process holds open, and what it does by itself on every round of the clock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import Engine

from bot.channels import Channels
from bot.counting.meter import Meter
from bot.line.replies import Replies
from bot.readers import PlanReaders
from bot.replied import take_left_behind
from bot.stations import Stations
from bot.watching.lookout import Lookout


@dataclass(frozen=True, slots=True)
class House:
    """What one process holds open. Open it after a fork, close it at the end."""

    engine: Engine
    channels: Channels
    stations: Stations
    replies: Replies
    now: Callable[[], datetime]  # the clock that people live by
    stopping: threading.Event
    meter: Meter
    plans: PlanReaders | None = None  # of each channel; None: not known here

    def tick(self, now: datetime) -> None:
        """Send what a dead process left behind, then let every channel's station work.

        What was left behind is looked for again before each of them: a reply token is short-lived.
        """
        began = monotonic()

        def send_left_behind() -> None:
            for owed in take_left_behind(self.engine, now + timedelta(seconds=monotonic() - began)):
                self.replies.put(owed)

        self.stations.tick(now, self.now(), send_left_behind)

    def look_at_clock(self, now: datetime) -> None:
        """For the web: tell staff where no worker comes round; nobody else would."""
        self.stations.look_at_clock(now, self.now())

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
        self.stations.close()
        self.engine.dispose()
