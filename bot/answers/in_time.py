"""Whether something is in time on a day that somebody names: 9/30就來不及了."""

from collections.abc import Sequence
from datetime import timedelta

from bot.model.entries import DateCase, DateKind, PlanDate
from bot.model.when import Point, Span
from bot.understand.deed_day import DeedDay

_KINDS = (DateKind.DEADLINE, DateKind.WINDOW, DateKind.PERIOD)


def in_time(entry: PlanDate, cases: Sequence[DateCase], then: DeedDay) -> str:
    """The verdict on that day, a clause; empty where the entry is nothing to be in time for."""
    spans = [span for case in cases for span in case.at.spans]
    if entry.kind not in _KINDS or not spans:
        return ""
    at = then.first.time() if then.first == then.last else None
    day = Point(then.first.year, then.first.month, then.first.day, None, at).words(year=False)
    found = {_verdict(span, then, entry.tentative) for span in spans}
    if len(found) > 1:
        return f"{day}有的來得及，有的來不及，請看各項。"
    return f"{day}{found.pop()}"


def _verdict(span: Span, then: DeedDay, tentative: bool) -> str:
    if span.closes < then.first:
        return "已過了預定的時間。" if tentative else "就來不及了。"
    if not span.is_day and span.opens and span.opens > then.last:
        return "還沒開始。"
    if span.closes < then.last:
        at = span.closes + timedelta(seconds=1) if span.closes.second else span.closes
        return f"要在{at:%H:%M}以前才來得及。"
    return "還來得及。"
