"""Whether a question takes for granted a figure or a day that the answer does not have."""

import re
from collections.abc import Iterable

from bot.model.entries import DateCase
from bot.model.when import Span
from bot.understand.asks import CHECKS
from bot.understand.days import Mention

_CHECKS_A_DAY = re.compile(r"是.{1,14}(?:嗎|\?|$)|(?:截止|上課|舉行|公告)嗎")
_FIGURE = re.compile(r"(?<![\d.])(\d{1,9}(?:\.\d+)?)\s*(元|份|次|場|門|人|名|位|小時|張|群|%)")
_ALIKE = {"名": "人", "位": "人", "場": "次"}


def is_premise_wrong(question: str, said: str) -> bool:
    """Whether `question` asks to confirm a figure, and `said` has others of its unit but not it.

    Both are folded. A figure of a unit that the answer does not speak of proves nothing.
    """
    if not CHECKS.search(question):
        return False
    asked, told = _figures(question), _figures(said.replace(",", ""))
    units = {unit for _, unit in told}
    about = {(number, unit) for number, unit in asked if unit in units}
    return bool(about) and not about & told


def is_day_wrong(question: str, days: Iterable[Mention], cases: Iterable[DateCase]) -> bool:
    """Whether `question` (folded) asks to confirm a day on which no case begins or ends.

    A day named without its year may be of any year.
    """
    asked = [day for day in days if day.is_day and not day.is_relative]
    if not asked or not (CHECKS.search(question) or _CHECKS_A_DAY.search(question)):
        return False
    spans = [span for case in cases for span in case.at.spans]
    exact = [span for span in spans if span.end.day]
    return bool(exact) and not any(_is_on(day, span) for day in asked for span in spans)


def _is_on(day: Mention, span: Span) -> bool:
    ends = ((span.start or span.end).first, span.end.last)
    if span.covers(day.first, day.last) and not day.has_year:
        return True
    told = day.first
    return any(
        (end.month, end.day) == (told.month, told.day) and (not day.has_year or end == told)
        for end in ends
    ) or (not span.is_day and span.covers(told, told))


def _figures(key: str) -> set[tuple[float, str]]:
    return {(float(n), _ALIKE.get(u, u)) for n, u in _FIGURE.findall(key)}
