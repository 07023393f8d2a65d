"""Writers of an SQLite file stand in a queue, of whichever thread and process they are.

SQLite lets one write at a time, and those who find it busy look again after longer and longer naps:
the file lies idle while all are asleep, and some oversleep by seconds. A lock on a file beside it
wakes exactly the next one. SQLite's own lock stays what keeps the data whole.
"""

import fcntl
import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

_PLACE, _IN_TURN = "place in the queue", "in turn"


def queue_up(engine: Engine, beside: Path) -> None:
    """From here on, whoever begins to write over this engine waits for their turn at this file."""

    def take_place(_: Any, record: Any) -> None:
        record.info[_PLACE] = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)

    def leave(_: Any, record: Any) -> None:
        if record.info.pop(_IN_TURN, False):
            fcntl.flock(record.info[_PLACE], fcntl.LOCK_UN)

    def give_up(_: Any, record: Any) -> None:
        record.info.pop(_IN_TURN, None)
        if (place := record.info.pop(_PLACE, None)) is not None:
            os.close(place)

    event.listen(engine, "connect", take_place)
    event.listen(engine, "checkin", leave)
    event.listen(engine, "close", give_up)


def await_turn(connection: Connection) -> None:
    """Wait until nobody else writes; the turn ends when the connection goes back to its pool."""
    place = connection.info.get(_PLACE)
    if place is not None and not connection.info.get(_IN_TURN):
        fcntl.flock(place, fcntl.LOCK_EX)
        connection.info[_IN_TURN] = True
