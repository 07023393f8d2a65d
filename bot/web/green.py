"""gunicorn's green worker, which ends without waiting for connections that only stand open."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gevent  # type: ignore[import-untyped]
from gunicorn.workers.ggevent import GeventWorker  # type: ignore[import-untyped]

# After it was told to stop: what was on its way when it was told is still read.
READ_ON_S = 0.5


class GreenWorker(GeventWorker):  # type: ignore[misc]
    """Serves many connections by one thread.

    Those kept open by whoever stands before us would each hold a process that is to stop until
    they are too old.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._idle: dict[gevent.Greenlet, gevent.Timeout] = {}

    @contextmanager
    def timeout_ctx(self) -> Iterator[None]:
        """While in it, a connection waits for its next request; as long as that may take."""
        longest = gevent.Timeout(self.cfg.keepalive if self.alive else READ_ON_S, False)
        here = gevent.getcurrent()
        with longest:
            self._idle[here] = longest
            try:
                yield
            finally:
                del self._idle[here]

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Told to stop: those who wait for a request are let go, the others end what they do."""
        super().handle_exit(sig, frame)
        gevent.spawn_later(READ_ON_S, self._let_go)

    def _let_go(self) -> None:
        for waiting, longest in list(self._idle.items()):
            waiting.kill(longest, block=False)  # as if its time were over
