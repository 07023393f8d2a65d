"""Events of a personal calendar: what one says, and how it was said before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.clock import TAIPEI


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event of a calendar. Days where it states no hour; the end is the first day after it."""

    uid: str  # the event's name for life
    title: str
    starts: date | datetime
    ends: date | datetime | None = None
    lines: tuple[str, ...] = ()
    place: str = ""
    unsettled: bool = False
    alarms: tuple[timedelta, ...] = ()  # from its start on: before it they are negative

    def is_at_the_time_of(self, other: "CalendarEvent") -> bool:
        """Whether both take place at the same time."""
        return (self.starts, self.ends) == (other.starts, other.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidEvent:
    """An event as a calendar says it to whoever knows it from before."""

    event: CalendarEvent
    sequence: int  # how often its time or its standing changed
    changed_at: datetime  # aware
    is_cancelled: bool = False


def to_plain(event: CalendarEvent) -> dict[str, Any]:
    """The event as JSON-ready values; `from_plain` reads it back."""
    return {
        "uid": event.uid,
        "title": event.title,
        "starts": event.starts.isoformat(),
        "ends": event.ends.isoformat() if event.ends else None,
        "lines": list(event.lines),
        "place": event.place,
        "unsettled": event.unsettled,
        "alarms": [int(alarm.total_seconds()) for alarm in event.alarms],
    }


def from_plain(plain: dict[str, Any]) -> CalendarEvent:
    """The event that `to_plain` wrote."""
    return CalendarEvent(
        uid=plain["uid"],
        title=plain["title"],
        starts=_time(plain["starts"]),
        ends=_time(plain["ends"]) if plain["ends"] else None,
        lines=tuple(plain["lines"]),
        place=plain["place"],
        unsettled=plain["unsettled"],
        alarms=tuple(timedelta(seconds=s) for s in plain["alarms"]),
    )


def _time(text: str) -> date | datetime:
    if "T" in text:
        return datetime.fromisoformat(text).astimezone(TAIPEI)
    return date.fromisoformat(text)
