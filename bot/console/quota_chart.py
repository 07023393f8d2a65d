"""The month's pushes as a chart: what is used and will be, day by day, against the limit."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, GAP = 300.0, 90.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One day: what is used up to its end, if all that waits is sent."""

    day: date
    total: int
    is_over: bool
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The bars of the rest of the month, and the line of the limit."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    limit_y: float | None  # None: no limit, or none known
    title: str  # the same in words


def chart_of(used: int, most: int | None, needed: Mapping[date, int], today: date) -> Chart:
    """The chart from today to the month's end.

    Args:
        needed: messages that are due on each day, at most.

    >>> chart_of(1, 5, {date(2022, 6, 30): 7}, date(2022, 6, 29)).title
    '今天累計 1 則，到月底預計 8 則，上限 5 則'
    """
    last = monthrange(today.year, today.month)[1]
    days = [today.replace(day=day) for day in range(today.day, last + 1)]
    totals, total = [], used
    for day in days:
        total += needed.get(day, 0)
        totals.append(total)
    top = max(total, most or 0, 1)
    room = WIDTH / len(days)
    bars = tuple(
        Bar(
            day=day,
            total=sent,
            is_over=most is not None and sent > most,
            x=round(place * room, 2),
            y=round(HEIGHT * (1 - sent / top), 2),
            width=round(max(room - GAP, 1.0), 2),
            height=round(HEIGHT * sent / top, 2),
        )
        for place, (day, sent) in enumerate(zip(days, totals, strict=True))
    )
    limit = "沒有上限或上限不明" if most is None else f"上限 {most:,} 則"
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        bars=bars,
        limit_y=None if most is None else round(HEIGHT * (1 - most / top), 2),
        title=f"今天累計 {totals[0]:,} 則，到月底預計 {total:,} 則，{limit}",
    )
