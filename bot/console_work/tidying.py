"""What is kept for a day only goes by itself, also where nobody opens the console."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.store import import_runs, solo
from bot.store.solo import Solo

EVERY = timedelta(hours=1)


@dataclass(slots=True)
class Tidier:
    """Forgets the rows of lists that were sent in more than a day ago, once an hour."""

    engine: Engine
    channel_id: str
    _next: datetime | None = field(default=None, init=False)

    def run(self, now: datetime) -> bool:
        """Tidy where it is time; gives whether it was."""
        if self._next is not None and now < self._next:
            return False
        with self.engine.begin() as db:
            if solo.take(db, Solo.TIDYING, self.channel_id):
                import_runs.tidy(db, self.channel_id, now)
        self._next = now + EVERY
        return True
