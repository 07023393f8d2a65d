"""How much one person, or one group, writes within a minute: counted where they are noted anyway.

The count stands in the row that every event of theirs touches, so that all processes see the same
and no query is added.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_

from bot.store.order import LATEST
from bot.store.tables import Person, TalkRow

WITHIN = timedelta(minutes=1)
TOO_MANY = 60  # within a minute: nobody reads as many answers
# Whoever goes on all the same is heard again after so long a pause.
PAUSE = timedelta(seconds=10)


class Pace(Enum):
    """What is done about an event, by how many came before it."""

    FINE = "fine"
    TELL = "tell"  # that it is too many: once
    SILENT = "silent"  # recorded, not answered


def pace_of(count: int) -> Pace:
    """What is done about the event that made the count this."""
    if count < TOO_MANY:
        return Pace.FINE
    return Pace.TELL if count == TOO_MANY else Pace.SILENT


def first(at: datetime) -> dict[str, Any]:
    """The values of a new row: its first event within a minute."""
    return {"burst_since": at, "burst": 1}


def counted(row: type[Person] | type[TalkRow], at: datetime) -> Mapping[str, ColumnElement[Any]]:
    """The values of a row that one more event touches.

    A minute after it began the count begins anew; while it is too many, that minute is drawn out
    so that a pause has to come first.
    """
    since, burst = row.burst_since, row.burst
    is_calm = or_(
        since.is_(None), since <= at - WITHIN, since > at + LATEST
    )  # or the clock is back
    drawn_out = at - WITHIN + PAUSE
    goes_on = and_(burst >= TOO_MANY, since < drawn_out)
    return {
        "burst": case((is_calm, 1), else_=burst + 1),
        "burst_since": case((is_calm, at), (goes_on, drawn_out), else_=since),
    }
