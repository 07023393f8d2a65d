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


def day_words(day: date) -> str:
    """A day as people here write it: 111年6月15日."""
    return f"{day.year - 1911}年{day.month}月{day.day}日"


def minute_words(instant: datetime) -> str:
    """The minute of an aware instant as Taipei has it: 111年6月15日 09:00."""
    return f"{day_words(taipei_day(instant))} {instant.astimezone(TAIPEI):%H:%M}"
