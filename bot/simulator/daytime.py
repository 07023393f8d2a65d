"""The simulator's own clock: the day that its user chose, running on from there."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot import clock


class Daytime:
    """An instant that can be set and then runs on; real time until it is first set."""

    def __init__(
        self,
        real: Callable[[], datetime] = clock.now,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._real = real
        self._elapsed = elapsed
        self._base: tuple[datetime, float] | None = None
        self._listeners: list[Callable[[datetime], None]] = []

    @property
    def is_real(self) -> bool:
        """True while nobody has chosen a day."""
        return self._base is None

    def now(self) -> datetime:
        """The simulated instant, aware."""
        if self._base is None:
            return self._real()
        instant, since = self._base
        return instant + timedelta(seconds=self._elapsed() - since)

    def set_to(self, instant: datetime | None) -> None:
        """Goes to this aware instant (None: back to real time) and tells the listeners."""
        if instant is not None and instant.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        self._base = None if instant is None else (instant, self._elapsed())
        for listener in self._listeners:
            listener(self.now())

    def on_move(self, listener: Callable[[datetime], None]) -> None:
        """Calls this with the new instant whenever the day is changed by hand."""
        self._listeners.append(listener)
