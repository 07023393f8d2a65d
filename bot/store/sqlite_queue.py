"""Writers of an SQLite file stand in a queue, of whichever thread and process they are.

SQLite lets one write at a time, and those who find it busy look again after longer and longer
naps: the file lies idle while all are asleep, and some oversleep by seconds. Here the threads of a
process wake one another, and of each process only one looks, every few milliseconds, at a lock on a
file beside the database. SQLite's own lock stays what keeps the data whole.
"""

import fcntl
import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

_PLACE, _IN_TURN = "place in the queue", "in turn"
FIRST_NAP_S, LONGEST_NAP_S = 0.0005, 0.001


class Queue:
    """The place of one engine's writers, at a file beside the database."""

    def __init__(self, beside: Path, patience_s: float) -> None:
        self._beside = beside
        self._patience_s = patience_s
        self._within = threading.Lock()

    def take_place(self, _: Any, record: Any) -> None:
        """A new connection opens the file."""
        record.info[_PLACE] = os.open(self._beside, os.O_RDWR | os.O_CREAT, 0o600)

    def await_turn(self, connection: Connection) -> None:
        """Whoever begins to write waits until nobody else does; readers do not."""
        info = connection.info
        if connection.get_execution_options().get("only_reads") or info.get(_IN_TURN):
            return
        until = time.monotonic() + self._patience_s
        if not self._within.acquire(timeout=self._patience_s):
            raise _locked()
        try:
            _lock(info[_PLACE], until)
        except BaseException:
            self._within.release()
            raise
        info[_IN_TURN] = True

    def leave(self, _: Any, record: Any) -> None:
        """A connection that goes back to its pool ends its turn."""
        if record.info.pop(_IN_TURN, False):
            fcntl.flock(record.info[_PLACE], fcntl.LOCK_UN)
            self._within.release()

    def give_up(self, connection: Any, record: Any) -> None:
        """So does one that is closed, and closes the file."""
        self.leave(connection, record)
        if (place := record.info.pop(_PLACE, None)) is not None:
            os.close(place)


def queue_up(engine: Engine, beside: Path, patience_s: float) -> None:
    """From here on, whoever begins to write over this engine waits for their turn at this file.

    Whoever waits longer than `patience_s` gets the error that SQLite gives: it is locked.
    """
    queue = Queue(beside, patience_s)
    event.listen(engine, "connect", queue.take_place)
    event.listen(engine, "begin", queue.await_turn)
    event.listen(engine, "checkin", queue.leave)
    event.listen(engine, "close", queue.give_up)


def _lock(place: int, until: float) -> None:
    nap = FIRST_NAP_S
    while True:
        try:
            return fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            if time.monotonic() >= until:
                raise _locked() from err
        time.sleep(nap)
        nap = min(2 * nap, LONGEST_NAP_S)


def _locked() -> OperationalError:
    return OperationalError("BEGIN", None, sqlite3.OperationalError("database is locked"))
