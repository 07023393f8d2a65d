"""SQLite's log of changes is moved into the file beside the answers, not while somebody waits.

Whoever commits when the log is full moves it, waits for the disk some fifty milliseconds long, and
with them everybody who wants to write. Moved every second by somebody else the log is never full.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from gevent.monkey import get_original  # type: ignore[import-untyped]
from sqlalchemy import Engine

log = logging.getLogger(__name__)

EVERY_S = 1.0
# A thread of the machine's, also where threads are green: the disk is waited for beside the others.
_begin_thread: Any = get_original("_thread", "start_new_thread")
_sleep: Any = get_original("time", "sleep")


@contextmanager
def moved_along(engine: Engine) -> Iterator[None]:
    """While in it, what is committed to this engine's SQLite file is moved into it every second.

    Nothing is done for other databases.
    """
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        yield
        return
    wanted = [True]
    _begin_thread(_keep_moving, (path, wanted))
    try:
        yield
    finally:
        wanted.clear()


def _keep_moving(path: str, wanted: list[bool]) -> None:
    while wanted:
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                while wanted:
                    # Passive: it waits for nobody, and nobody waits for it.
                    connection.execute("pragma wal_checkpoint(passive)")
                    _sleep(EVERY_S)
        except sqlite3.Error as err:  # the file is busy, or away: whoever commits says so, too
            log.warning("changes not moved into the file: %s", type(err).__name__)
            _sleep(EVERY_S)
