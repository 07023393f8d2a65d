"""Which of two events came later, when they may arrive in any order."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, or_
from sqlalchemy.orm import InstrumentedAttribute

from bot.store.columns import Instant

# LINE overtakes itself by seconds. What is older by more than this did not arrive late: the
# simulator's clock was set back, and what happens on the new day counts.
LATEST = timedelta(minutes=5)


def is_newer(
    at: datetime, kept: "InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]"
) -> ColumnElement[bool]:
    """Whether an event of `at` comes after the one whose time is `kept`; a tie counts."""
    return or_(kept <= at, kept > at + LATEST)


AT = bindparam("at", type_=Instant)
LATE = bindparam("late", type_=Instant)


def is_newer_than(kept: ColumnElement[datetime]) -> ColumnElement[bool]:
    """As `is_newer`, for a statement made once: `instants_of` says at each call of when it is."""
    return or_(kept <= AT, kept > LATE)


def instants_of(at: datetime) -> dict[str, datetime]:
    """What a statement with `is_newer_than`, AT or LATE is given."""
    return {"at": at, "late": at + LATEST}
