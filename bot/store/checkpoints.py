"""SQLite's log of changes is moved into the file beside the answers, not while somebody waits.

Whoever commits when the log is full moves it, waits for the disk some fifty milliseconds long, and
with them everybody who wants to write. Moved every second by somebody else the log is never full.
"""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Engine

log = logging.getLogger(__name__)

EVERY_S = 1.0


@contextmanager
def moved_along(engine: Engine) -> Iterator[None]:
    """While in it, what is committed to this engine's SQLite file is moved into it every second.

    Nothing is done for other databases.
    """
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        yield
        return
    over = threading.Event()
    mover = threading.Thread(target=_keep_moving, args=(path, over), name="mover", daemon=True)
    mover.start()
    try:
        yield
    finally:
        over.set()
        mover.join()


def _keep_moving(path: str, over: threading.Event) -> None:
    while not over.is_set():
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                while not over.is_set():
                    # Passive: it waits for nobody, and nobody waits for it.
                    connection.execute("pragma wal_checkpoint(passive)")
                    over.wait(EVERY_S)
        except sqlite3.Error as err:  # the file is busy, or away: whoever commits says so, too
            log.warning("changes not moved into the file: %s", type(err).__name__)
            over.wait(EVERY_S)
