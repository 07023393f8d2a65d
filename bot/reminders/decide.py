"""When somebody is told of a date that they follow: pure, and the same however often it is asked.

A session or meeting: two days before at the person's hour, and one hour before. A deadline: 14, 7,
3 and 1 days before and on the day. What the plan names only by its month, or a third of it: on its
first working day. A digest brings forward to its own day, a pause and the quiet hours put off; what
would come after its use, or together with the next one, does not come at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import TAIPEI, taipei_day
from bot.model.entries import HELD, DateKind
from bot.model.reminders import Because, Choice, Digest, Moment, NoticeKind, Preferences
from bot.rules.notices import Stretch, begins
from bot.rules.workdays import first_workday

HOUR_BEFORE = timedelta(hours=1)
A_WEEK = 7
ON_THE_DAY = (DateKind.ANNOUNCEMENT, DateKind.MILESTONE)
MONTH, AN_HOUR, LATER = "month", "1h", "later"
NO_CHOICE = Choice()
AT_ONCE = AN_HOUR  # of a fact's end: what cannot wait for the day's one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A stretch of a date that somebody follows, and since when."""

    stretch: Stretch
    why: Because
    since: datetime
    leads: tuple[int, ...] | None = None  # of this date alone
    hour: time | None = None  # of this date alone
    choice: Choice = NO_CHOICE


@dataclass(frozen=True, slots=True)
class DueNotice:
    """One thing that is to be told, under the key of its fact."""

    fact: str
    followed: Followed
    moment: Moment


def useful_until(stretch: Stretch) -> datetime:
    """From then on nobody needs to be told: it has begun, or it is over."""
    timed = _hour_of(stretch) is not None
    return begins(stretch.span) if stretch.entry.kind in HELD and timed else stretch.span.closes


def moments(followed: Followed, preferences: Preferences) -> list[Moment]:
    """Each instant at which this person is told of it, the earliest first."""
    if preferences.is_stopped or followed.choice.is_muted:
        return []
    end, hour = useful_until(followed.stretch), _own_hour(followed, preferences)
    told = sorted(
        (_moved(at, followed, preferences), lead)
        for lead, at in _raw(followed, preferences, hour)
        if at > followed.since
    )
    later = followed.choice.later_at
    if later is not None and later > followed.since:
        put_off = after_quiet(later, preferences.quiet)
        told = sorted([*(t for t in told if not _same_day(t[0], put_off)), (put_off, LATER)])
    once: dict[datetime, str] = {}
    for at, lead in told:
        once.setdefault(at, lead)
    ats = [at for at in once if at < end]
    ends = [*ats[1:], end][: len(ats)]
    return [Moment(once[at], at, until) for at, until in zip(ats, ends, strict=True)]


def turns(followed: Followed, preferences: Preferences) -> set[datetime]:
    """The instants that matter: who follows it since between the same two is told the same."""
    hour = _own_hour(followed, preferences)
    ats = {at for _, at in _raw(followed, preferences, hour)}
    if preferences.digest is not Digest.NONE:
        ats |= {_last_digest(at, hour, preferences.digest) for at in ats}
    later = followed.choice.later_at
    return ats if later is None else ats | {later}


def notices(
    followed: Sequence[Followed], preferences: Preferences, after: datetime, until: datetime
) -> list[DueNotice]:
    """What falls due after one instant and until another, the earliest first."""
    found = [
        DueNotice(fact_of(one.stretch, moment.lead), one, moment)
        for one in followed
        for moment in moments(one, preferences)
        if after < moment.at <= until
    ]
    return sorted(found, key=lambda n: (n.moment.at, n.fact))


def fact_of(stretch: Stretch, lead: str) -> str:
    """Names what is told, whoever is told it: the date with its instant, and how long before."""
    return f"{stretch.key}@{due_mark(stretch)}#{lead}"


def due_mark(stretch: Stretch) -> str:
    """The instant that it is due, for keys: a date that moves is another fact."""
    return f"{useful_until(stretch).astimezone(TAIPEI):%Y%m%dT%H%M}"


def kind_of(stretch: Stretch) -> NoticeKind:
    """What sort of message it is."""
    if stretch.entry.kind in HELD:
        return NoticeKind.SESSION
    return NoticeKind.NUDGE if stretch.entry.kind in ON_THE_DAY else NoticeKind.DEADLINE


def put_off(stretch: Stretch, preferences: Preferences, now: datetime) -> datetime:
    """When it is told once more to somebody who wants it later: tomorrow, at their hour."""
    hour = preferences.hour_in(stretch.edition.reminders)
    return after_quiet(_at(taipei_day(now) + timedelta(days=1), hour), preferences.quiet)


def is_quiet(at: datetime, quiet: tuple[time, time]) -> bool:
    """Whether nothing is sent at this instant; the hour at which quiet ends is not quiet."""
    begin, end = quiet
    now = at.astimezone(TAIPEI).time()
    return begin <= now < end if begin <= end else now >= begin or now < end


def after_quiet(at: datetime, quiet: tuple[time, time]) -> datetime:
    """The instant itself, or the end of the quiet hours that it falls in."""
    if not is_quiet(at, quiet):
        return at
    day = taipei_day(at)
    late = at.astimezone(TAIPEI).time() >= quiet[1]
    return _at(day + timedelta(days=1) if late else day, quiet[1])


def _raw(
    followed: Followed, preferences: Preferences, hour: time
) -> Iterator[tuple[str, datetime]]:
    """How long before, and when, without digest, pause and quiet hours."""
    stretch = followed.stretch
    span, kind = stretch.span, stretch.entry.kind
    point = span.end if kind not in (*HELD, *ON_THE_DAY) else span.start or span.end
    if point.day is None:
        yield MONTH, _at(first_workday(point.first, point.last), hour)
    elif kind in HELD:
        yield "2d", _at(point.first - timedelta(days=2), hour)
        start = _hour_of(stretch)
        yield ("0d", _at(point.first, hour)) if start is None else (AN_HOUR, start - HOUR_BEFORE)
    elif kind in ON_THE_DAY:
        yield "0d", _at(point.first, hour)
    else:
        leads = followed.leads
        leads = preferences.leads_in(stretch.edition.reminders) if leads is None else leads
        for lead in dict.fromkeys(leads):
            yield f"{lead}d", _at(point.last - timedelta(days=lead), hour)


def _moved(at: datetime, followed: Followed, preferences: Preferences) -> datetime:
    hour = _own_hour(followed, preferences)
    at = _in_digest(at, hour, followed, preferences.digest)
    if preferences.paused_until is not None:
        at = max(at, _resumed(preferences.paused_until, hour, followed, preferences.digest))
    return after_quiet(at, preferences.quiet)


def _in_digest(at: datetime, hour: time, followed: Followed, digest: Digest) -> datetime:
    """The digest that tells it: the last one before, so that nothing is told too late.

    Who began to follow after that one gets it with the next, and where that is too late, by itself.
    """
    if digest is Digest.NONE:
        return at
    last = _last_digest(at, hour, digest)
    if last > followed.since:
        return last
    step = _step_of(digest)
    return last + step if last + step < useful_until(followed.stretch) else at


def _last_digest(at: datetime, hour: time, digest: Digest) -> datetime:
    """The last one that is not after this instant."""
    day = taipei_day(at)
    last = _at(day, hour) if digest is Digest.DAILY else _at(_monday(day), hour)
    return last - _step_of(digest) if last > at else last


def _step_of(digest: Digest) -> timedelta:
    return timedelta(days=1 if digest is Digest.DAILY else A_WEEK)


def _resumed(until: date, hour: time, followed: Followed, digest: Digest) -> datetime:
    """When it goes on after a pause; weekly on a Monday, unless that is too late."""
    monday = _monday(until + timedelta(days=A_WEEK - 1))
    if digest is Digest.WEEKLY and _at(monday, hour) < useful_until(followed.stretch):
        return _at(monday, hour)
    return _at(until, hour)


def _own_hour(followed: Followed, preferences: Preferences) -> time:
    return followed.hour or preferences.hour_in(followed.stretch.edition.reminders)


def _hour_of(stretch: Stretch) -> datetime | None:
    """When it begins, where the plan names the minute."""
    start = stretch.span.start
    return begins(stretch.span) if start is not None and start.at is not None else None


def _same_day(one: datetime, other: datetime) -> bool:
    return taipei_day(one) == taipei_day(other)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, TAIPEI)
