"""Cases from dates: when it is, whether it is still possible, and what falls in its month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.clock import TAIPEI
from bot.model.edition import Edition
from bot.model.entries import DateCase, DateKind, PlanDate
from bot.model.when import Point, Span
from bot.rules.dates import cases_of
from evaluation.askable import Askable, exactly, in_term
from evaluation.cases import Conversation, Turn

KIND_OF_CASE = {DateKind.SESSION: "session", DateKind.MEETING: "session"}
TO_BE_DONE = (DateKind.DEADLINE, DateKind.WINDOW)
BEFORE, AFTER = timedelta(days=7), timedelta(days=1)
TOO_LATE = "來不及|已經?截止|已於|已經?結束|已過"
_THIRDS = {"early": "上旬", "mid": "中旬", "late": "下旬"}


def of_date(edition: Edition, entry: PlanDate) -> Iterator[Conversation]:
    """Each case of the date asked for its day, before and after it."""
    for number, date_case in enumerate(cases_of(entry, edition)):
        yield from _asked(Askable(edition, entry), date_case, number)


def _asked(askable: Askable, date_case: DateCase, number: int) -> Iterator[Conversation]:
    entry = askable.entry
    kind = entry.kind if isinstance(entry, PlanDate) else DateKind.DEADLINE
    label = askable.label(date_case.given)
    days = tuple(dict.fromkeys(p for span in date_case.at.spans for p in _stated(span)))
    known = {facet: wanted[0] for facet, wanted in date_case.given.needs.items()}
    first = date_case.at.spans[0]
    ahead = _morning((first.opens or first.closes) - BEFORE)
    turn = Turn(say=askable.question("是什麼時候", label), all=days, clauses=askable.clauses(known))
    yield askable.case(f"when-{number}", KIND_OF_CASE.get(kind, "deadline"), turn, ahead)
    if kind is DateKind.MILESTONE:
        return  # history is never still possible
    ended = _morning(date_case.at.closes + AFTER)
    to_do = kind in TO_BE_DONE
    asked = askable.question("還來得及嗎" if to_do else "過了嗎", label)
    over = Turn(say=asked, all=(*days[-1:], TOO_LATE), none=("(?<!有的)還來得及",))
    yield askable.case(f"late-{number}", "expired", over, ended)
    if to_do:
        still = Turn(say=asked, all=(*days, "還來得及|還有"), none=("來不及",))
        yield askable.case(f"open-{number}", "deadline", still, ahead)


def _stated(span: Span) -> Iterator[str]:
    """Patterns for what a span states: days, hours, months."""
    for point in dict.fromkeys(filter(None, (span.start, span.end))):
        yield from _point(point)
    if span.until:
        yield f"@time:{span.until:%H:%M}"


def _point(point: Point) -> Iterator[str]:
    if point.day:
        yield f"@date:{point.month}/{point.day}"
    else:
        yield rf"(?<!\d){point.month}\s*月{_THIRDS.get(point.third or '', '')}"
    if point.at:
        yield f"@time:{point.at:%H:%M}"


def of_months(edition: Edition) -> Iterator[Conversation]:
    """Each month of the edition's dates, asked what it brings: every date in it must be named."""
    marks = sorted(set(_marks(edition)), key=lambda mark: (mark.year, mark.month))
    for (year, month), found in groupby(marks, key=lambda mark: (mark.year, mark.month)):
        titles = sorted({mark.title for mark in found})
        said = f"{edition.about.short}{year - 1911}年{month}月有哪些事情"
        yield Conversation(
            id=f"{edition.key}/month-{year}-{month:02d}",
            kind="date-lookup",
            at=in_term(edition).isoformat(timespec="minutes"),
            turns=(Turn(say=said, all=tuple(exactly(title) for title in titles)),),
            plan=edition.plan,
            place=edition.key,
        )


@dataclass(frozen=True, slots=True)
class _Mark:
    """A month in which a date begins or ends."""

    year: int
    month: int
    title: str


def _marks(edition: Edition) -> Iterator[_Mark]:
    for entry in edition.dates:
        if entry.kind is DateKind.PERIOD:
            continue  # the plan's own term is no matter of a month
        for date_case in cases_of(entry, edition):
            for span in date_case.at.spans:
                for point in filter(None, (span.start, span.end)):
                    yield _Mark(point.year, point.month, entry.title)


def _morning(instant: datetime) -> datetime:
    return instant.astimezone(TAIPEI).replace(hour=9, minute=0, second=0)
