"""How much one person, or one group, writes within a minute: counted where they are noted anyway.

The count stands in the row that every event of theirs touches, so that all processes see the same
and no query is added.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, literal, or_

from bot.store.columns import Instant
from bot.store.order import GIVEN, When, shifted

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


_CALM = bindparam("calm", type_=Instant)
_DRAWN_OUT = bindparam("drawn_out", type_=Instant)


def first(when: When = GIVEN) -> Mapping[str, Any]:
    """The values of a new row: its first event within a minute."""
    return {"burst_since": when.at, "burst": literal(1)}


def counted(row: Any, when: When = GIVEN) -> Mapping[str, ColumnElement[Any]]:
    """The values of a row that one more event touches; `row` are a table's columns.

    A minute after it began the count begins anew; while it is too many, that minute is drawn out
    so that a pause has to come first. For a statement made once: it is given `instants_of` here and
    in `order`.
    """
    calm: ColumnElement[datetime] = _CALM
    drawn_out: ColumnElement[datetime] = _DRAWN_OUT
    if when is not GIVEN:
        calm, drawn_out = shifted(when.at, -WITHIN), shifted(when.at, PAUSE - WITHIN)
    since, burst = row.burst_since, row.burst
    is_calm = or_(since.is_(None), since <= calm, since > when.late)  # or the clock is back
    goes_on = and_(burst >= TOO_MANY, since < drawn_out)
    return {
        "burst": case((is_calm, 1), else_=burst + 1),
        "burst_since": case((is_calm, when.at), (goes_on, drawn_out), else_=since),
    }


def instants_of(at: datetime) -> dict[str, datetime]:
    """What a statement with `counted` is given beside `order.instants_of`."""
    return {"calm": at - WITHIN, "drawn_out": at - WITHIN + PAUSE}
