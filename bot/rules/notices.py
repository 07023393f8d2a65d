"""When somebody is reminded of a date: the stretches of it that lie ahead, and the instants.

A deadline (and whatever may be done until its end) is told three days and one day before, at eight
in the morning; what one goes to two days and one hour before. Of what the plan states only as a
month, or a third of it, three days before it may begin.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.clock import TAIPEI
from bot.model.edition import Edition
from bot.model.entries import HELD, DateCase, DateKind, PlanDate
from bot.model.when import Span
from bot.rules.dates import cases_of

MORNING = time(8)


class Ahead(StrEnum):
    """How long before it is told."""

    THREE_DAYS = "3d"
    TWO_DAYS = "2d"
    ONE_DAY = "1d"
    SAME_DAY = "0d"
    ONE_HOUR = "1h"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant at which somebody is told."""

    at: datetime  # aware
    ahead: Ahead


@dataclass(frozen=True, slots=True)
class Stretch:
    """One span of one case of a date, with the key that it keeps whatever its days become."""

    edition: Edition
    entry: PlanDate
    case: DateCase
    case_key: str
    number: int  # of the span in its case
    span: Span

    @property
    def key(self) -> str:
        """Names it among all stretches of all editions."""
        return f"{self.edition.key}#{self.entry.id}#{self.case_key}#{self.number}"


def stretches_of(edition: Edition, entry: PlanDate) -> list[Stretch]:
    """All that a date states, in its order."""
    found: list[Stretch] = []
    seen: dict[str, int] = {}
    for case in cases_of(entry, edition):
        named = case.given.key
        seen[named] = seen.get(named, 0) + 1
        key = named if seen[named] == 1 else f"{named}*{seen[named]}"
        found += [
            Stretch(edition, entry, case, key, number, span)
            for number, span in enumerate(case.at.spans)
        ]
    return found


def still_ahead(stretches: Sequence[Stretch], now: datetime) -> list[Stretch]:
    """Those that somebody can still be reminded of: what is held, until it begins."""
    return [s for s in stretches if _until(s) >= now]


def moments(span: Span, kind: DateKind, now: datetime) -> list[Moment]:
    """When to tell of it, the earliest first; instants that have passed are left out."""
    return [m for m in sorted(_all(span, kind), key=lambda m: m.at) if m.at > now]


def is_vague(span: Span) -> bool:
    """Whether the plan names no day: a month, or a third of one."""
    return span.end.day is None or (span.start is not None and span.start.day is None)


def begins(span: Span) -> datetime:
    """The first instant of it; of what has no stated begin, its end."""
    return span.opens or span.closes


def _until(stretch: Stretch) -> datetime:
    span = stretch.span
    timed = stretch.entry.kind in HELD and span.start is not None and span.start.at is not None
    return begins(span) if timed else span.closes


def _all(span: Span, kind: DateKind) -> list[Moment]:
    if is_vague(span):
        first = (span.start or span.end).first
        return [Moment(_morning(first, 3), Ahead.THREE_DAYS)]
    if kind not in HELD:
        last = span.end.last
        return [
            Moment(_morning(last, 3), Ahead.THREE_DAYS),
            Moment(_morning(last, 1), Ahead.ONE_DAY),
        ]
    first = (span.start or span.end).first
    before = Moment(_morning(first, 2), Ahead.TWO_DAYS)
    if span.start is None or span.start.at is None:
        return [before, Moment(_morning(first, 0), Ahead.SAME_DAY)]
    start = datetime.combine(first, span.start.at, TAIPEI)
    return [before, Moment(start - timedelta(hours=1), Ahead.ONE_HOUR)]


def _morning(day: date, before: int) -> datetime:
    return datetime.combine(day - timedelta(days=before), MORNING, TAIPEI)
