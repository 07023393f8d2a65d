"""Dates that cannot belong to the plan: years off, far outside its term."""

import calendar
from collections.abc import Iterator
from datetime import date

from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault
from bot.model.edition import About, Edition
from bot.model.entries import DateKind, PlanDate
from bot.model.when import When

_FIRST, _LAST = date(1991, 1, 1), date(2110, 12, 31)
# Applications open before a plan begins and reports are due after it ended, but not by years.
_SLACK_MONTHS = 18


def date_faults(sheet: Sheet) -> Iterator[Fault]:
    """Days of no plausible year, and days more than 18 months outside the plan's term."""
    term = plan_term(sheet.edition)
    for entry in sheet.edition.dates:
        for case in entry.when:
            is_past = entry.kind is DateKind.MILESTONE
            yield from _far(sheet.line(case, "at"), case.at, None if is_past else term)
        yield from _before(sheet, entry)
    for school_term in sheet.edition.school_terms:
        if school_term.at:
            yield from _far(sheet.line(school_term, "at"), school_term.at, term)


def _far(line: int, when: When, term: tuple[date, date] | None) -> Iterator[Fault]:
    """Days of no plausible year, or far outside the plan's term."""
    first, last = _ends(when)
    if first < _FIRST or last > _LAST:
        yield Fault(line, f"年份不合理（{first.year}年）", "寫西元年，民國年加 1911")
    elif term:
        yield from _outside(line, (first, last), term)


def plan_term(edition: Edition) -> tuple[date, date] | None:
    """First and last day of the plan's year and its stated period; None where it has neither."""
    cases = [c for d in edition.dates if d.kind is DateKind.PERIOD for c in d.when]
    ends = [_ends(case.at) for case in cases]
    ends = [(first, last) for first, last in ends if first >= _FIRST and last <= _LAST]
    if year := _year_term(edition.about):
        ends.append(year)  # too: a period often has no stated first day
    if not ends:
        return None
    return min(first for first, _ in ends), max(last for _, last in ends)


def _year_term(about: About) -> tuple[date, date] | None:
    year = about.year + 1911
    if not _FIRST.year <= year < _LAST.year:
        return None
    if about.year_kind == "年度":
        return date(year, 1, 1), date(year, 12, 31)
    if about.year_kind == "學年度":
        return date(year, 8, 1), date(year + 1, 7, 31)
    return None


def _ends(when: When) -> tuple[date, date]:
    firsts = [(span.start or span.end).first for span in when.spans]
    return min(firsts), max(span.end.last for span in when.spans)


def _outside(line: int, days: tuple[date, date], term: tuple[date, date]) -> Iterator[Fault]:
    first, last = days
    earliest, latest = _shift(term[0], -_SLACK_MONTHS), _shift(term[1], _SLACK_MONTHS)
    if first < earliest or last > latest:
        day = first if first < earliest else last
        said = f"{day.year - 1911}年{day.month}月{day.day}日"
        what = f"{said}離計畫期程超過 {_SLACK_MONTHS} 個月"
        yield Fault(line, what, "檢查年份（西元年＝民國年＋1911）；往事的 kind 寫 milestone")


def _before(sheet: Sheet, entry: PlanDate) -> Iterator[Fault]:
    if entry.before and not 0 <= entry.before.days <= 366:
        line = sheet.line(entry.before, "days")
        yield Fault(line, f"days 是 {entry.before.days}", "寫往前數的天數，0 到 366")
    if entry.before and entry.when:
        line = sheet.line(entry.before)
        yield Fault(line, "when 和 before 只能有一個", "留下文件裡寫的那一個")


def _shift(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
