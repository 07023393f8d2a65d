"""Where a date stands, in words: 還有12天, 今天截止, 已於111年7月31日(日)截止."""

from datetime import datetime

from bot.model.edition import Edition
from bot.model.entries import DateKind
from bot.model.when import Span
from bot.rules.dates import Standing, state

_ENDS = {
    DateKind.DEADLINE: "截止",
    DateKind.SESSION: "結束",
    DateKind.MEETING: "結束",
    DateKind.WINDOW: "結束",
    DateKind.PERIOD: "結束",
}
_BEGINS = {DateKind.SESSION: "上課", DateKind.MEETING: "舉行", DateKind.ANNOUNCEMENT: "公告"}


def standing(span: Span, kind: DateKind, now: datetime) -> str:
    """One clause on where `span` stands at `now`; empty for history."""
    if kind is DateKind.MILESTONE:
        return ""
    at = state(span, kind, now)
    if kind is DateKind.ANNOUNCEMENT:
        return _announced(at.standing, at.days)
    match at.standing:
        case Standing.OVER:
            return f"已於{span.end_words()}{_ENDS[kind]}"
        case Standing.TODAY:
            return "今天截止" if kind is DateKind.DEADLINE else "就是今天"
        case Standing.OPEN:
            return f"進行中，還有{at.days}天{_ENDS[kind]}"
        case Standing.AHEAD:
            if kind is DateKind.DEADLINE:
                return f"還有{at.days}天截止"
            return f"還有{at.days}天{_BEGINS.get(kind, '開始')}"


def _announced(standing_now: Standing, days: int) -> str:
    match standing_now:
        case Standing.OVER:
            return "公告日已過"
        case Standing.TODAY:
            return "預計今天公告"
        case Standing.OPEN:
            return "公告期間"
        case Standing.AHEAD:
            return f"還有{days}天公告"


def is_past(edition: Edition, now: datetime) -> bool:
    """Whether every date of the plan is over: what it says must not sound like an open door."""
    is_over = edition.closes is not None and edition.closes < now
    return is_over and edition.is_for_one_year


def is_over(span: Span, now: datetime) -> bool:
    """Whether nothing of it is left at `now`."""
    return span.closes < now
