"""The day on which something was done, as a report says it: 昨天, 6/8, 上週三, 112/6/8."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from bot.understand.days import find_days

_WEEKDAY = re.compile(
    r"(?P<back>上上|上|這|本)?個?(?:週|周|星期|禮拜)(?P<day>[1-7一二三四五六日天])"
)
_LAST_YEAR = re.compile(r"(去年|前年)\s*(?=\d{1,2}(?:月|/))")
_IMPOSSIBLE = re.compile(
    r"(?<![\d/])(?:(?P<y>\d{2,4})[年/])?(?P<m>\d{1,2})[月/](?P<d>\d{1,2})[日號]?"
)
_BACK = {"上上": 2, "上": 1}
_DAYS = (
    {c: n for n, c in enumerate("一二三四五六日")} | {str(n + 1): n for n in range(7)} | {"天": 6}
)


@dataclass(frozen=True, slots=True)
class SaidDay:
    """The day that a report tells."""

    day: date | None = None  # None: none was said
    is_range: bool = False  # only a month or a week was said; `day` is its last that can be meant
    spans: tuple[tuple[int, int], ...] = ()  # where it stands in the text
    wrong: str = ""  # what was said as a day and is none: 2/30
    each: tuple[tuple[int, date], ...] = ()  # where each day stands, where several were said

    def at(self, place: int) -> date | None:
        """The day that is meant at a place of the text: the last one before it, else the first."""
        before = [day for start, day in self.each if start <= place]
        return before[-1] if before else self.day


def said_day(folded: str, today: date) -> SaidDay:
    """The first day that a folded text names; a weekday alone is the last one that was."""
    weekday = _WEEKDAY.search(folded)
    if weekday:
        return SaidDay(_weekday(weekday, today), False, (weekday.span(),))
    mentions = find_days(folded, today)
    wrong = next((m[0] for m in _IMPOSSIBLE.finditer(folded) if not _is_day(m, today)), "")
    if wrong or not mentions:
        return SaidDay(wrong=wrong)
    first = next((m for m in mentions if m.is_day), mentions[0])
    spans = tuple((m.start, m.end) for m in mentions)
    back = _LAST_YEAR.search(folded)
    day, begins = first.last, first.first
    if back and not first.has_year:
        day = _in_year(day, today.year - (1 if back[1] == "去年" else 2))
        spans = (*spans, back.span())
    elif not first.is_day and begins <= today < day:
        day = today
    days = {m.last: m.start for m in reversed(mentions) if m.is_day and m.last <= today}
    several = tuple(sorted((start, d) for d, start in days.items())) if not back else ()
    return SaidDay(day, not first.is_day, spans, each=several if len(several) > 1 else ())


def _weekday(found: re.Match[str], today: date) -> date:
    monday = today - timedelta(days=today.weekday() + 7 * _BACK.get(found["back"] or "", 0))
    day = monday + timedelta(days=_DAYS[found["day"]])
    return day - timedelta(days=7) if not found["back"] and day > today else day


def _is_day(found: re.Match[str], today: date) -> bool:
    month, day = int(found["m"]), int(found["d"])
    year = int(found["y"]) + 1911 if found["y"] else today.year
    if found["y"] and int(found["y"]) > 1911:
        year = int(found["y"])
    leap = 2000 if not found["y"] else year
    return 1 <= month <= 12 and 1 <= day <= monthrange(leap, month)[1]


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))
