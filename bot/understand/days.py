"""Days, months and years that a text mentions, relative to the day on which it was written."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_YEAR = r"(?:(?P<year>\d{2,4})\s*(?:年|/|-|\.)\s*)?"
_DAY = re.compile(
    rf"{_YEAR}(?<!\d)(?P<month>1[0-2]|0?[1-9])\s*(?:月\s*|/|-)(?P<day>3[01]|[12]\d|0?[1-9])(?!\d|/|月|分之|\s*(?:萬|%|元|以上|的人))\s*[日號]?"
)
_MONTH = re.compile(
    rf"{_YEAR}(?<!\d)(?P<month>1[0-2]|0?[1-9])\s*月(?!\d{{1,2}}(?![\d月]))\s*份?(?P<part>底|初|中旬|上旬|下旬)?"
)
# 6、7月 and 6到7月: the first of two months, whose 月 stands after the second.
_FIRST_MONTH = re.compile(
    r"(?<![\d/])(?P<month>1[0-2]|0?[1-9])\s*[、,和跟及與到至~\-–]\s*(?=(?:1[0-2]|0?[1-9])月)"
)
_ROC_YEAR = re.compile(
    r"(?<!\d)(?P<year>1[0-4]\d|[89]\d|20[0-4]\d)\s*(?P<kind>學年度?|年度?)?(?!\d|\s*(?:萬|元|%|月|號|班|人|份|mb))"
)
_DAYS = {"大後天": 3, "後天": 2, "明天": 1, "今天": 0, "昨天": -1, "前天": -2}
_WEEKS = {"下下": 2, "下": 1, "這": 0, "本": 0, "上": -1}
_MONTHS = {"下下": 2, "下": 1, "這": 0, "本": 0, "上": -1}
_NEAR_DAY = re.compile("|".join(_DAYS))
_NEAR_WEEK = re.compile("(下下|下|這|本|上)個?(?:週|周|禮拜|星期)")
_NEAR_MONTH = re.compile("(下下|下|這|本|上)個?月")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of days that a text mentions; without a year it may be of any year."""

    first: date
    last: date
    has_year: bool
    start: int  # in the folded text
    end: int
    is_relative: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class YearSaid:
    """A year that a text mentions, as an ROC year."""

    year: int
    is_edition: bool  # said as 年度 or 學年度
    start: int
    end: int


def find_days(key: str, today: date) -> list[Mention]:
    """Days and months mentioned in a folded text, left to right.

    A month without a year is taken nearest to `today`; impossible days are passed over.
    """
    found: list[Mention] = []
    for pattern in (_DAY, _MONTH, _FIRST_MONTH):
        for m in pattern.finditer(key):
            if any(m.start() < f.end and f.start < m.end() for f in found):
                continue
            mention = _stated(m, today)
            if mention:
                found.append(mention)
    found += _relative(key, today)
    return sorted(found, key=lambda f: f.start)


def find_years(key: str) -> list[YearSaid]:
    """Years mentioned in a folded text, left to right."""
    found: list[YearSaid] = []
    for m in _ROC_YEAR.finditer(key):
        year = int(m["year"])
        kind = m["kind"] or ""
        found.append(
            YearSaid(year - 1911 if year > 1911 else year, "度" in kind, m.start(), m.end())
        )
    return found


def _stated(m: re.Match[str], today: date) -> Mention | None:
    month = int(m["month"])
    day = int(m["day"]) if "day" in m.re.groupindex else 0
    said = m.groupdict().get("year")
    year = _western(int(said)) if said else _nearest_year(month, today)
    if day and day > calendar.monthrange(year, month)[1]:
        return None
    first = date(year, month, day or 1)
    last = first if day else date(year, month, calendar.monthrange(year, month)[1])
    return Mention(first, last, bool(said), m.start(), m.end())


def _western(year: int) -> int:
    return year if year > 1911 else year + 1911


def _nearest_year(month: int, today: date) -> int:
    """The year in which a month named alone most likely lies: from 2 months back to 9 ahead."""
    ahead = (month - today.month + 2) % 12 - 2
    return today.year + (today.month - 1 + ahead) // 12


def _relative(key: str, today: date) -> Iterator[Mention]:
    for m in _NEAR_DAY.finditer(key):
        day = today + timedelta(_DAYS[m[0]])
        yield Mention(day, day, True, m.start(), m.end(), is_relative=True)
    for m in _NEAR_WEEK.finditer(key):
        monday = today + timedelta(7 * _WEEKS[m[1]] - today.weekday())
        yield Mention(monday, monday + timedelta(6), True, m.start(), m.end(), is_relative=True)
    for m in _NEAR_MONTH.finditer(key):
        index = today.year * 12 + today.month - 1 + _MONTHS[m[1]]
        first = date(index // 12, index % 12 + 1, 1)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        yield Mention(first, last, True, m.start(), m.end(), is_relative=True)
