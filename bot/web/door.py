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


class Door:
    """Lets so many in at once; the others wait before it, first come, first served."""

    def __init__(self, at_once: int = AT_ONCE, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        self._places = threading.BoundedSemaphore(at_once)
        self._longest_wait_s = longest_wait_s

    @contextmanager
    def opened(self) -> Iterator[bool]:
        """Whether there was a place in time; it is held while in here."""
        has_place = self._places.acquire(timeout=self._longest_wait_s)
        try:
            yield has_place
        finally:
            if has_place:
                self._places.release()
