"""How fast we may call LINE: so many calls a second on one path, in one process."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.store.sending_tables import Way

# LINE counts a channel's calls of all our processes together: each takes half, which two fill.
# What a third one takes too much is answered with 429, and costs no more than another try.
SHARE = 0.5
PER_SECOND = {Way.PUSH: 2_000.0, Way.MULTICAST: 200.0}
BURST_S = 0.1  # as many as this long's calls may go at once


@dataclass(slots=True)
class Pace:
    """A bucket that fills at its rate; a call takes one, and waits where there is none."""

    rate: float  # calls a second
    elapsed: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free_at: float = field(default=0.0, init=False)  # when the bucket is full again, at least
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def wait(self) -> None:
        """Return when one more call may be made."""
        with self._lock:
            now = self.elapsed()
            begin = max(self._free_at, now - BURST_S)
            self._free_at = begin + 1 / self.rate
            ahead = begin - now
        if ahead > 0:
            self.sleep(ahead)


def paces() -> dict[Way, Pace]:
    """The pace of each way to send, for one process."""
    return {way: Pace(rate * SHARE) for way, rate in PER_SECOND.items()}
