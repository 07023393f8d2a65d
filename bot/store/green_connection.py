"""Connections to PostgreSQL that wait by gevent's own loop.

The poll by which psycopg waits is made anew by gevent for each wait, with an event and a timer: a
fifth of what a statement takes of the processor. Only processes that wait green import this.
"""

from typing import Any

import psycopg
from gevent import get_hub  # type: ignore[import-untyped]
from psycopg.abc import RV, PQGen
from psycopg.waiting import Ready, Wait

_READY = {Wait.R: Ready.R, Wait.W: Ready.W, Wait.RW: Ready.RW}


class GreenConnection(psycopg.Connection[Any]):
    """Lets others of its thread go on while it waits for the server."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """What the driver's steps come to, each done when the server is ready for it.

        Raises:
            psycopg.Error: what a step raises.
        """
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        hub, fileno = get_hub(), self.pgconn.socket
        try:
            wanted = next(gen)
            while True:
                watcher = hub.loop.io(fileno, wanted.value)
                try:
                    hub.wait(watcher)
                finally:
                    watcher.close()
                wanted = gen.send(_READY[wanted])
        except StopIteration as end:
            result: RV = end.value
            return result
