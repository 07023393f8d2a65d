"""Which of two events came later, when they may arrive in any order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, DateTime, Interval, bindparam, literal, or_, type_coerce
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


@dataclass(frozen=True, slots=True)
class When:
    """When an event was, as a statement that is made once knows it."""

    at: ColumnElement[datetime]
    late: ColumnElement[datetime]


# `instants_of` says at each call when it is.
GIVEN = When(bindparam("at", type_=Instant), bindparam("late", type_=Instant))


def when_at(at: ColumnElement[datetime]) -> When:
    """When it was, by a column: PostgreSQL reckons the rest, each row's own."""
    return When(at, shifted(at, LATEST))


def shifted(at: ColumnElement[datetime], by: timedelta) -> ColumnElement[datetime]:
    """So much later, as PostgreSQL reckons it."""
    return type_coerce(type_coerce(at, DateTime(timezone=True)) + literal(by, Interval), Instant)


def is_newer_than(kept: ColumnElement[datetime], when: When = GIVEN) -> ColumnElement[bool]:
    """As `is_newer`, for a statement that is made once."""
    return or_(kept <= when.at, kept > when.late)


def instants_of(at: datetime) -> dict[str, datetime]:
    """What a statement with `GIVEN` is given."""
    return {"at": at, "late": at + LATEST}
