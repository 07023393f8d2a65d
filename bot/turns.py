"""How often one caller is served: whoever comes without a pause is told when to return.

Counted in each process by itself: for pages, files and calendars, where a few times as many do no
harm. What must be exact over all processes is counted in the database (`store.bursts`, sign-in).
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_KEPT = 2_000  # callers remembered at once; of more, the oldest are forgotten


@dataclass(slots=True)
class Turns:
    """Lets each caller in so often within so many seconds; of one process, for it alone."""

    most: int
    within_s: float
    elapsed: Callable[[], float] = time.monotonic
    _seen: dict[str, deque[float]] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def wait_s(self, caller: str) -> int:
        """Seconds until this caller may come again; 0: now, and that is counted."""
        now = self.elapsed()
        with self._lock:
            past = self._seen.pop(caller, deque())
            self._seen[caller] = past  # the newest stand last
            while past and past[0] <= now - self.within_s:
                past.popleft()
            if len(past) >= self.most:
                return int(past[0] + self.within_s - now) + 1
            past.append(now)
            while len(self._seen) > MOST_KEPT:
                del self._seen[next(iter(self._seen))]
        return 0
