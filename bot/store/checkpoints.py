"""SQLite's log of changes is moved into the file beside the answers, not while somebody waits.

Whoever commits when the log is full moves it, waits for the disk some fifty milliseconds long, and
with them everybody who wants to write. Moved by somebody else before that, it is never full. Not
too often either: the first to write into an empty log waits for the disk as well.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sys import byteorder
from time import monotonic
from typing import Any

from gevent.monkey import get_original  # type: ignore[import-untyped]
from sqlalchemy import Engine

log = logging.getLogger(__name__)

LOOK_S = 1.0
LARGEST = 256 * 2**20  # bytes of the log; whoever commits moves it when it has twice as many
FRAME_HEADER = 24  # bytes before each page in the log
_PAGE, _FRAMES = slice(14, 16), slice(16, 20)  # where the index says how long and how many
LONGEST_S = 60.0  # since it was moved last
# A thread of the machine's, also where threads are green: the disk is waited for beside the others.
_begin_thread: Any = get_original("_thread", "start_new_thread")
_sleep: Any = get_original("time", "sleep")


@contextmanager
def moved_along(engine: Engine) -> Iterator[None]:
    """While in it, what is committed to this engine's SQLite file is moved into it now and then.

    Nothing is done for other databases.
    """
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        yield
        return
    wanted = [True]
    _begin_thread(_keep_moving, (Path(path), wanted))
    try:
        yield
    finally:
        wanted.clear()


def _keep_moving(path: Path, wanted: list[bool]) -> None:
    moved_at = monotonic()
    while wanted:
        _sleep(LOOK_S)
        if _length_of_log(path) < LARGEST and monotonic() - moved_at < LONGEST_S:
            continue
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                # Passive: it waits for nobody, and nobody waits for it.
                connection.execute("pragma wal_checkpoint(passive)")
        except sqlite3.Error as err:  # the file is busy, or away: whoever commits says so, too
            log.warning("changes not moved into the file: %s", type(err).__name__)
        moved_at = monotonic()


def _length_of_log(path: Path) -> int:
    """Bytes of the log in use. What it held before stays allocated: to write over it costs less.

    As its index says, whose first page holds the number of its frames
    (https://www.sqlite.org/walformat.html#the_wal_index_header).
    """
    try:
        with path.with_name(f"{path.name}-shm").open("rb") as index:
            header = index.read(20)
    except FileNotFoundError:
        return 0
    page, frames = (int.from_bytes(header[place], byteorder) for place in (_PAGE, _FRAMES))
    return frames * (page + FRAME_HEADER)
