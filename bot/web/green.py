"""gunicorn's green worker, which takes in several at a time and ends without waiting for the idle.

As it comes, it takes one connection for each turn of its loop: the more is to be done, the longer a
turn, the fewer are taken in, down to next to none. And a process that is to stop waits for every
connection that only stands open.
"""

import time
from collections.abc import Iterator, Sized
from contextlib import contextmanager
from functools import cached_property, partial
from typing import Any

import gevent  # type: ignore[import-untyped]
from gevent.pool import Pool  # type: ignore[import-untyped]
from gevent.server import StreamServer  # type: ignore[import-untyped]
from gunicorn.workers.ggevent import GeventWorker  # type: ignore[import-untyped]

from bot.web.lane import Lane, Next

# Whoever has little to do takes one at a time, and leaves the other processes their part.
LITTLE, TAKEN_AT_ONCE = 4, 16
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
        """Serve a connection: its webhooks here, all else as gunicorn does."""
        caller = addr[0] if isinstance(addr, tuple) else ""
        if self._lane.take(client, caller) is Next.OTHER:
            super().handle(listener, client, addr)

    @cached_property
    def _lane(self) -> Lane:
        # The app, and with it the webhook, is made after the worker.
        return Lane(self.app.webhook, self.timeout_ctx, lambda: self.alive)

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
