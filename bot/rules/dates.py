"""Where a date stands at an instant, and which dates fall on given days."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.clock import taipei_day
from bot.model.edition import Edition
from bot.model.entries import DateCase, DateKind, PlanDate
from bot.model.when import Point, Span, When


class Standing(StrEnum):
    """Where a stretch of time stands at an instant."""

    AHEAD = "ahead"
    OPEN = "open"  # it has begun and is not over
    TODAY = "today"  # its last day is today, and it is not over
    OVER = "over"


@dataclass(frozen=True, slots=True)
class State:
    """A standing, and whole days: until it begins (ahead) or ends (open), else 0."""

    standing: Standing
    days: int


@dataclass(frozen=True, slots=True)
class Found:
    """One span of a date that falls on the days looked for."""

    edition: Edition
    entry: PlanDate
    case: DateCase
    span: Span


def cases_of(entry: PlanDate, edition: Edition) -> tuple[DateCase, ...]:
    """The stated cases, or those counted back from another date's cases."""
    if not entry.before:
        return entry.when
    other = counted_from(entry, edition)
    if other is None:
        return ()
    return tuple(_back(c, entry.before.days) for c in cases_of(other, edition))


def counted_from(entry: PlanDate, edition: Edition) -> PlanDate | None:
    """The date that this one is counted back from; None where it is stated by itself."""
    before = entry.before
    return next((d for d in edition.dates if before and d.id == before.date), None)


def _back(case: DateCase, days: int) -> DateCase:
    spans = []
    for span in case.at.spans:
        first = (span.start or span.end).first - timedelta(days=days)
        point = Point(first.year, first.month, first.day)
        spans.append(Span(point, point))
    return replace(case, at=When(tuple(spans)))


def fitting(cases: Sequence[DateCase], known: Mapping[str, str]) -> list[DateCase]:
    """The cases that nothing known speaks against, in their order."""
    return [c for c in cases if c.given.fits(known)]


def state(span: Span, kind: DateKind, now: datetime) -> State:
    """Where `span` stands at `now`. A deadline counts to its end, everything else to its begin.

    The closing instant itself still counts; days are whole days of Taipei.
    """
    today = taipei_day(now)
    if span.closes < now:
        return State(Standing.OVER, 0)
    if kind is DateKind.DEADLINE:
        left = (span.end.last - today).days
        return State(Standing.TODAY if left == 0 else Standing.AHEAD, max(left, 0))
    begins = span.opens
    if begins and taipei_day(begins) > today:
        return State(Standing.AHEAD, (taipei_day(begins) - today).days)
    left = (span.end.last - today).days
    return State(Standing.TODAY if left == 0 else Standing.OPEN, left)


def falling_on(
    editions: Iterable[Edition], first: date, last: date, any_year: bool = False
) -> list[Found]:
    """Every span that touches these days, deadlines first, then by day.

    With `any_year` the days are taken in every year that an edition has dates in. The plan's own
    term and long windows that merely run across the days are left out.
    """
    found = [f for e in editions for f in _in(e, first, last, any_year)]
    return sorted(
        found,
        key=lambda f: (f.span.closes, f.entry.kind is not DateKind.DEADLINE, f.entry.id),
    )


def _in(edition: Edition, first: date, last: date, any_year: bool) -> Iterator[Found]:
    for entry in edition.dates:
        if entry.kind is DateKind.PERIOD:
            continue
        for case in cases_of(entry, edition):
            for span in case.at.spans:
                if any(_touches(span, *days) for days in _stretches(span, first, last, any_year)):
                    yield Found(edition, entry, case, span)


def _stretches(span: Span, first: date, last: date, any_year: bool) -> Iterator[tuple[date, date]]:
    """The days looked for, as they are or in each year that the span has days in."""
    if not any_year:
        yield first, last
        return
    crosses = last.year - first.year
    years = {span.end.year, (span.start or span.end).year}
    for year in sorted(years | {y - crosses for y in years}):
        begin = _moved(first, year)
        whole_month = first.day == 1 and last == _month_end(first)
        yield begin, _month_end(begin) if whole_month else begin + (last - first)


def _moved(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February of a year that has none
        return day.replace(year=year, day=28)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _touches(span: Span, first: date, last: date) -> bool:
    """Within the days, or beginning or ending in them; a long window's middle does not count."""
    if not span.covers(first, last):
        return False
    starts = span.start.first if span.start else span.end.last
    runs_through = starts < first and last < span.end.last
    return not runs_through or (span.end.last - starts).days <= 62
