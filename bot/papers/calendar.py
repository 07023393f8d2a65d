"""A calendar that phones subscribe to: sessions, due dates and reminders of one person.

What has a day but no hour, and what the plan names only by its month, is an all-day event; the
latter is called 暫訂. An event keeps its UID whatever becomes of its days, so that it moves. The
same events give the same bytes: nothing of the moment of asking is in them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from bot.answers.wish_lines import title_of
from bot.clock import TAIPEI
from bot.model.calendar import CalendarEvent, SaidEvent
from bot.model.entries import HELD
from bot.model.when import Span
from bot.rules.notices import Stretch, is_vague, moments

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//shizhong//calendar//ZH"
NAME = "師鐘：我的日程"
LONG_AGO = datetime.combine(date.min + timedelta(days=2), time(0), TAIPEI)
FRESH_FOR = timedelta(hours=4)  # how often phones are asked to look again
ZONE_FROM, ZONE_TO = date(2010, 1, 1), date(2040, 1, 1)  # Taipei's clock has not moved since 1979


def make_calendar(said: Sequence[SaidEvent]) -> bytes:
    """The calendar as bytes; nothing in it names its person."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-wr-timezone", "Asia/Taipei")
    calendar.add("refresh-interval", FRESH_FOR, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", FRESH_FOR)
    for one in said:
        calendar.add_component(_event(one))
    calendar.add_missing_timezones(first_date=ZONE_FROM, last_date=ZONE_TO)
    content: bytes = calendar.to_ical()
    return content


def event_of(stretch: Stretch) -> CalendarEvent:
    """What the calendar says of a stretch."""
    entry = stretch.entry
    unsettled = entry.tentative or is_vague(stretch.span)
    start, end = _times(stretch)
    return CalendarEvent(
        uid=uid_of(stretch),
        title=title_of(stretch) + ("（暫訂）" if unsettled else ""),
        starts=start,
        ends=end,
        lines=tuple(_lines(stretch)),
        place=entry.place,
        unsettled=unsettled,
        alarms=tuple(_alarms(stretch, start)),
    )


def uid_of(stretch: Stretch) -> str:
    """The event's name for life."""
    return f"{hashlib.sha256(stretch.key.encode()).hexdigest()[:32]}@shizhong"


def _event(said: SaidEvent) -> Event:
    one = said.event
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", said.changed_at)
    event.add("last-modified", said.changed_at)
    event.add("sequence", said.sequence)
    # Phones that do not strike out what is cancelled read it at least.
    event.add("summary", f"已取消：{one.title}" if said.is_cancelled else one.title)
    event.add("dtstart", one.starts)
    if one.ends is not None:
        event.add("dtend", one.ends)
    event.add("description", "\n".join(one.lines))
    if one.place:
        event.add("location", one.place)
    event.add("transp", "TRANSPARENT" if type(one.starts) is date else "OPAQUE")
    if said.is_cancelled:
        event.add("status", "CANCELLED")
        return event
    event.add("status", "TENTATIVE" if one.unsettled else "CONFIRMED")
    for before in one.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.title)
        alarm.add("trigger", before)
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


def _alarms(stretch: Stretch, start: date | datetime) -> Iterator[timedelta]:
    begin = start if isinstance(start, datetime) else datetime.combine(start, time(0), TAIPEI)
    for moment in moments(stretch.span, stretch.entry.kind, LONG_AGO):
        yield moment.at - begin
