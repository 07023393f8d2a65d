"""The only reader of the real clock, and days as Taipei has them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TAIPEI = ZoneInfo("Asia/Taipei")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def taipei_day(instant: datetime) -> date:
    """The day on which this aware instant falls in Taipei."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(TAIPEI).date()
