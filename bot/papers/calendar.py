"""A calendar that phones subscribe to: sessions, due dates and reminders of one person.

What has a day but no hour, and what the plan names only by its month, is an all-day event; the
latter is called 暫訂. An event keeps its UID whatever becomes of its days, so that it moves.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from bot.answers.wish_lines import title_of
from bot.clock import TAIPEI
from bot.model.when import Span
from bot.rules.notices import HELD, Stretch, is_vague, moments

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//shizhong//calendar//ZH"
NAME = "師鐘：我的日程"
LONG_AGO = datetime.combine(date.min + timedelta(days=2), time(0), TAIPEI)


def make_calendar(stretches: Sequence[Stretch], now: datetime) -> bytes:
    """The calendar as bytes; nothing in it names its person."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-wr-timezone", "Asia/Taipei")
    for stretch in stretches:
        calendar.add_component(_event(stretch, now))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def uid_of(stretch: Stretch) -> str:
    """The event's name for life."""
    return f"{hashlib.sha256(stretch.key.encode()).hexdigest()[:32]}@shizhong"


def _event(stretch: Stretch, now: datetime) -> Event:
    entry, span = stretch.entry, stretch.span
    unsettled = entry.tentative or is_vague(span)
    event = Event()
    event.add("uid", uid_of(stretch))
    event.add("dtstamp", now)
    event.add("summary", title_of(stretch) + ("（暫訂）" if unsettled else ""))
    start, end = _times(stretch)
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)
    event.add("description", "\n".join(_lines(stretch)))
    if entry.place:
        event.add("location", entry.place)
    if unsettled:
        event.add("status", "TENTATIVE")
    for alarm in _alarms(stretch, start):
        event.add_component(alarm)
    return event


def _times(stretch: Stretch) -> tuple[date | datetime, date | datetime | None]:
    """Begin and end; days where no hour is stated, the end then the day after the last."""
    span, day = stretch.span, timedelta(days=1)
    if stretch.entry.kind not in HELD and not is_vague(span):
        if span.end.at:  # the last minute that counts
            return datetime.combine(span.end.last, span.end.at, TAIPEI), None
        return span.end.last, span.end.last + day
    hours = _hours(span)
    if hours and not is_vague(span):
        return hours
    return (span.start or span.end).first, span.end.last + day


def _hours(span: Span) -> tuple[datetime, datetime | None] | None:
    if span.start is None or span.start.at is None:
        return None
    start = datetime.combine(span.start.first, span.start.at, TAIPEI)
    return start, span.closes if span.closes > start else None


def _lines(stretch: Stretch) -> list[str]:
    entry, about = stretch.entry, stretch.edition.about
    found = [
        about.title,
        f"日期：{stretch.span.words()}",
        f"交到：{entry.to}" if entry.to else "",
        f"方式：{entry.how}" if entry.how else "",
        f"依據：{'；'.join(entry.source)}",
    ]
    return [line for line in found if line]


def _alarms(stretch: Stretch, start: date | datetime) -> Iterable[Alarm]:
    begin = start if isinstance(start, datetime) else datetime.combine(start, time(0), TAIPEI)
    for moment in moments(stretch.span, stretch.entry.kind, LONG_AGO):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title_of(stretch))
        alarm.add("trigger", moment.at - begin)
        yield alarm
