"""A thread that looks once a minute, beside whatever else its process does."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

EVERY_S = 60.0


class Lookout:
    """Looks until it is closed. Make it after a fork."""

    def __init__(self, look: Callable[[], None], every_s: float = EVERY_S) -> None:
        self._look = look
        self._every_s = every_s
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, name="lookout", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more. May be called twice."""
        self._closed.set()
        self._thread.join()

    def _keep_looking(self) -> None:
        while not self._closed.wait(self._every_s):
            try:
                self._look()
            except Exception:  # the top of one look: the database may be back at the next
                log.exception("the lookout could not look")
