"""gunicorn's green worker, which takes in several at a time and ends without waiting for the idle.

As it comes, it takes one connection for each turn of its loop: the more is to be done, the longer a
turn, the fewer are taken in, down to next to none. And a process that is to stop waits for every
connection that only stands open.
"""

import logging
import time
from collections.abc import Iterator, Sized
from contextlib import contextmanager
from functools import partial
from socket import MSG_PEEK
from typing import Any

import gevent  # type: ignore[import-untyped]
from gevent.pool import Pool  # type: ignore[import-untyped]
from gevent.server import StreamServer  # type: ignore[import-untyped]
from gunicorn.workers.ggevent import GeventWorker  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

# Whoever has little to do takes one at a time, and leaves the other processes their part.
LITTLE, TAKEN_AT_ONCE = 4, 16
# Enough of a request to know a webhook by; and more than LINE sends of one, to be read away.
FIRST_BYTES, MOST_BYTES = 32, 65_536
# After it was told to stop: what was on its way when it was told is still read.
READ_ON_S = 0.5
LIFE_SIGN_S = 1.0
LOOK_S = 0.1  # how often a process that stops looks whether all have ended


class _Server(StreamServer):  # type: ignore[misc]
    """Takes in connections for a worker.

    Args:
        idle: those of them that only stand open.
    """

    def __init__(self, idle: Sized, listener: Any, **more: Any) -> None:
        self._idle = idle
        super().__init__(listener, **more)

    @property
    def max_accept(self) -> int:
        """How many it takes at a turn."""
        busy = len(self.pool or ()) - len(self._idle)
        return 1 if busy < LITTLE else TAKEN_AT_ONCE


class GreenWorker(GeventWorker):  # type: ignore[misc]
    """Serves many connections by one thread."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._idle: dict[gevent.Greenlet, gevent.Timeout] = {}

    def run(self) -> None:
        """Serve until told to stop; then end what is being answered."""
        servers = [self._serve(one) for one in self.sockets]
        while self.alive:
            self.notify()
            gevent.sleep(LIFE_SIGN_S)
        for server in servers:
            server.close()
        until = time.monotonic() + self.cfg.graceful_timeout
        gevent.sleep(READ_ON_S)
        while any(len(server.pool) for server in servers) and time.monotonic() < until:
            self._let_go_of_idle()
            self.notify()
            gevent.sleep(LOOK_S)

    def _serve(self, listener: Any) -> StreamServer:
        listener.setblocking(1)
        own = Pool(self.worker_connections)
        server = _Server(self._idle, listener, handle=partial(self.handle, listener), spawn=own)
        server.start()
        return server

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        """Serve a connection; a webhook for which there is no room is told so and not looked at.

        Whatever else was done for one would be missing for those that have a place: more and more
        come again, until nothing is left of the processor but sending them away.
        """
        if self.app.crowd.is_crowded and self._sent_away(client):
            client.close()
        else:
            super().handle(listener, client, addr)

    def _sent_away(self, client: Any) -> bool:
        """Whether it was a webhook; all else is left as it came."""
        crowd = self.app.crowd
        begins = b""
        try:
            with self.timeout_ctx():
                begins = client.recv(FIRST_BYTES, MSG_PEEK)
            if not begins.startswith(crowd.begins):
                return False
            client.recv(MOST_BYTES)  # what is left unread would take our words with it
            client.sendall(crowd.send_away())
        except OSError as err:  # gone, or never there
            log.info("nobody to be sent away: %s", type(err).__name__)
        return True

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

    def _let_go_of_idle(self) -> None:
        for waiting, longest in list(self._idle.items()):
            waiting.kill(longest, block=False)  # as if its time were over
