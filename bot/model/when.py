"""Days, minutes, months and spans as a plan states them, and the words for them.

The grammar of a `when` in a plan file (days of the Western calendar, hours of Taipei):

    2022-07-31                      a day
    2017-09-29T12:00                a minute: the last that still counts
    2022-06-08T13:30/16:30          hours of one day
    2019-05-27/2019-05-29           a span; its ends may be months: 2017-08/2017-09-22
    ../2022-12-31                   up to a day, no first day stated
    2018-05   2018-11:late          a month; a third of it: early, mid, late
    2018-03, 2018-05, 2018-10       several
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import TAIPEI

_WEEKDAYS = "一二三四五六日"
_THIRDS = {"early": ("上旬", 1, 10), "mid": ("中旬", 11, 20), "late": ("下旬", 21, 31)}
_POINT = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d)(?:-(?P<d>\d\d)(?:T(?P<t>\d\d:\d\d))?|:(?P<third>early|mid|late))?"
)


@dataclass(frozen=True, slots=True)
class Point:
    """One stated moment, as precise as the plan states it."""

    year: int
    month: int
    day: int | None = None
    third: str | None = None
    at: time | None = None

    @classmethod
    def parse(cls, text: str) -> "Point":
        """The point that `text` states; ValueError where it is none."""
        found = _POINT.fullmatch(text.strip())
        if not found:
            raise ValueError(f"看不懂的日期「{text}」")
        y, m, d = int(found["y"]), int(found["m"]), found["d"]
        day = date(y, m, int(d) if d else 1)  # raises where there is no such day
        at = time.fromisoformat(found["t"]) if found["t"] else None
        return cls(y, m, day.day if d else None, found["third"], at)

    @property
    def first(self) -> date:
        """The first day that it may mean."""
        return date(
            self.year, self.month, self.day or (_THIRDS[self.third][1] if self.third else 1)
        )

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        end = calendar.monthrange(self.year, self.month)[1]
        return date(
            self.year,
            self.month,
            self.day or min(end, _THIRDS[self.third][2] if self.third else end),
        )

    def words(self, year: bool = True) -> str:
        """111年7月8日(五)、111年7月、107年11月下旬; without the year where `year` is false."""
        said = f"{self.year - 1911}年{self.month}月" if year else f"{self.month}月"
        if self.day:
            said += f"{self.day}日({_WEEKDAYS[self.first.weekday()]})"
        elif self.third:
            said += _THIRDS[self.third][0]
        if self.at:
            said += " 中午12時" if self.at == time(12) else f" {self.at:%H:%M}"
        return said


@dataclass(frozen=True, slots=True)
class Span:
    """From one point to another; both the same where a single one is stated."""

    start: Point | None
    end: Point
    until: time | None = None  # hours of one day: when it is over

    @classmethod
    def parse(cls, text: str) -> "Span":
        """The span that `text` states; ValueError where it is none or runs backwards."""
        head, slash, tail = text.strip().partition("/")
        if not slash:
            point = Point.parse(head)
            return cls(point, point)
        if head.strip() == "..":
            return cls(None, Point.parse(tail))
        start = Point.parse(head)
        if start.at and re.fullmatch(r"\d\d:\d\d", tail):
            until = time.fromisoformat(tail)
            if until <= start.at:
                raise ValueError(f"「{text}」的結束早於開始")
            return cls(start, start, until)
        end = Point.parse(tail)
        span = cls(start, end)
        if span.opens and span.closes < span.opens:
            raise ValueError(f"「{text}」的結束早於開始")
        return span

    @property
    def is_day(self) -> bool:
        """Whether it names one day exactly."""
        return self.start == self.end and self.end.day is not None

    @property
    def opens(self) -> datetime | None:
        """The first instant that counts; None where no first day is stated."""
        if self.start is None:
            return None
        at = self.start.at if self.until or self.start != self.end else None
        return datetime.combine(self.start.first, at or time(0), TAIPEI)

    @property
    def closes(self) -> datetime:
        """The last instant that still counts: the stated minute, else the end of the day."""
        at = self.until or self.end.at
        if at:
            return datetime.combine(self.end.last, at, TAIPEI)
        return datetime.combine(self.end.last + timedelta(days=1), time(0), TAIPEI) - timedelta(
            seconds=1
        )

    def end_words(self) -> str:
        """When it is over, in words: 111年6月8日(三) 16:30."""
        if not self.until:
            return self.end.words()
        return f"{Point(self.end.year, self.end.month, self.end.day).words()} {self.until:%H:%M}"

    def covers(self, first: date, last: date) -> bool:
        """Whether a day from `first` to `last` is in it; with no first day only its end counts."""
        start = self.start.first if self.start else self.end.last
        return start <= last and first <= self.end.last

    def words(self) -> str:
        """The span in words: 112年9月1日(五)至113年6月30日(日)."""
        if self.start is None:
            return f"即日起至{self.end.words()}"
        if self.start == self.end:
            said = self.end.words()
            if self.until and self.end.at:
                day = Point(self.end.year, self.end.month, self.end.day).words()
                return f"{day} {self.end.at:%H:%M}–{self.until:%H:%M}"
            return said
        return f"{self.start.words()}至{self.end.words(self.start.year != self.end.year)}"


@dataclass(frozen=True, slots=True)
class When:
    """Everything that one date of a plan states: one span or several."""

    spans: tuple[Span, ...]

    @classmethod
    def parse(cls, text: str) -> "When":
        """The spans that `text` states, in its order; ValueError where it states none."""
        return cls(tuple(Span.parse(part) for part in text.split(",")))

    @property
    def closes(self) -> datetime:
        """The last instant that still counts."""
        return max(s.closes for s in self.spans)

    @property
    def opens(self) -> datetime | None:
        """The first instant that counts; None where no first day is stated."""
        starts = [s.opens for s in self.spans]
        return None if any(s is None for s in starts) else min(s for s in starts if s)

    def covers(self, first: date, last: date) -> bool:
        """Whether any day from `first` to `last` is in it."""
        return any(s.covers(first, last) for s in self.spans)

    def next(self, now: datetime) -> Span | None:
        """The first span that is not over at `now`."""
        return next((s for s in self.spans if s.closes >= now), None)

    def words(self) -> str:
        """All of it in words; months of one year share the year: 107年3月、5月、10月."""
        said, year = [], None
        for span in self.spans:
            single = span.start == span.end and not span.until
            said.append(span.end.words(span.end.year != year) if single else span.words())
            year = span.end.year
        return "、".join(said)
