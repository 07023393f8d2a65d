"""How many webhooks a process answers at once.

Waiting costs it next to nothing, so that it could take in any number; but all of them share one
processor and a few connections to the database. Taken in all at once, as when the database was away
and everything comes again, each would take longer than LINE waits: all of it would be for nothing.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 32  # about as many as the database has connections for one process
# LINE waits for two seconds, and sends again what we send away.
LONGEST_WAIT_S = 1.0
MOST_WAITING = 64  # as many as are answered in that time


class Turnstile:
    """Lets so many in at once; others wait before it for a while, whoever came first goes first.

    A place that is left is handed to the one who waits longest: were it only put back, the next to
    come would take it before that one has woken, and some would wait in vain.
    """

    def __init__(self) -> None:
        self._free, self._guard = AT_ONCE, threading.Lock()
        self._waiting: deque[threading.Lock] = deque()  # each is held until there is a place

    @property
    def is_crowded(self) -> bool:
        """Whether so many wait that one more would do so in vain: not even to be read."""
        return len(self._waiting) >= MOST_WAITING

    @contextmanager
    def opened(self) -> Iterator[bool]:
        """Whether there was a place in time; it is held while in here."""
        has_place = self._entered()
        try:
            yield has_place
        finally:
            if has_place:
                self._leave()

    def _entered(self) -> bool:
        with self._guard:
            if self._free:
                self._free -= 1
                return True
            handed = threading.Lock()
            handed.acquire()
            self._waiting.append(handed)
        return handed.acquire(timeout=LONGEST_WAIT_S) or self._was_handed(handed)

    def _was_handed(self, place: threading.Lock) -> bool:
        """Whether there was one at the last moment; else nobody waits for it any more."""
        with self._guard:
            if place in self._waiting:
                self._waiting.remove(place)
                return False
        return True

    def _leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
