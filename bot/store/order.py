"""Which of two events came later, when they may arrive in any order."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

# LINE overtakes itself by seconds. What is older by more than this did not arrive late: the
# simulator's clock was set back, and what happens on the new day counts.
LATEST = timedelta(minutes=5)


def is_newer(
    at: datetime, kept: "InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]"
) -> ColumnElement[bool]:
    """Whether an event of `at` comes after the one whose time is `kept`; a tie counts."""
    return or_(kept <= at, kept > at + LATEST)
