"""How many webhooks a process answers at once.

Waiting costs it next to nothing, so that it could take in any number; but all of them share one
processor and a few connections to the database. Taken in all at once, as when the database was away
and everything comes again, each would take longer than LINE waits: all of it would be for nothing.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 32  # about as many as the database has connections for one process
# LINE waits for two seconds, and sends again what we send away.
LONGEST_WAIT_S = 1.0
MOST_WAITING = 64  # as many as are answered in that time


class Turnstile:
    """Lets so many in at once; others wait before it for a while."""

    def __init__(self) -> None:
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._waiting, self._guard = 0, threading.Lock()

    @property
    def is_crowded(self) -> bool:
        """Whether so many wait that one more would do so in vain: not even to be read."""
        return self._waiting >= MOST_WAITING

    @contextmanager
    def opened(self) -> Iterator[bool]:
        """Whether there was a place in time; it is held while in here."""
        has_place = self._places.acquire(blocking=False) or self._waited()
        try:
            yield has_place
        finally:
            if has_place:
                self._places.release()

    def _waited(self) -> bool:
        with self._guard:
            self._waiting += 1
        try:
            return self._places.acquire(timeout=LONGEST_WAIT_S)
        finally:
            with self._guard:
                self._waiting -= 1
