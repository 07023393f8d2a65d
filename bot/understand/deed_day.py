"""When somebody means to do what they ask about: 9/30才上傳來得及嗎, 明天下午兩點送可以嗎."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.clock import TAIPEI
from bot.understand.days import Mention

_DEED = "交|繳|送|寄|傳|報|填|補|提出|申請|投遞|弄完|完成"
# Between the day and the deed: no session of that day (6/22那場), no day until which (9/15前).
_BETWEEN = re.compile(
    rf"(?P<after>之後|以後|過後|後)?(?P<said>[^,。;?!、場梯堂課的前止忘沒未了]{{0,12}}?)(?:{_DEED})(?!.{{0,3}}[了過])"
)
_HOUR = re.compile(
    r"(?P<part>早上|上午|中午|下午|傍晚|晚上)?(?P<hour>\d{1,2})(?:點|時|:(?P<minute>\d\d))(?P<half>半)?"
)
_LATE = {"下午", "傍晚", "晚上"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeedDay:
    """From `first` to `last` it may be done: a day, or one minute where the hour was said."""

    first: datetime
    last: datetime
    start: int  # of these words in the key
    end: int


def deed_day(key: str, days: Iterable[Mention]) -> DeedDay | None:
    """The day that a folded text means to do something on; None where none or several are said."""
    found = list(days)
    if len(found) != 1 or not found[0].is_day:
        return None
    day = found[0]
    deed = _BETWEEN.match(key, day.end)
    if deed is None:
        return None
    first = datetime.combine(day.first, time(), TAIPEI) + (_DAY if deed["after"] else timedelta())
    hour = _HOUR.search(key, deed.start("said"), deed.end("said"))
    at = _hour(hour) if hour else None
    if hour and at:
        moment = datetime.combine(first, at, TAIPEI)
        return DeedDay(moment, moment, day.start, hour.end())
    return DeedDay(first, first + _DAY - timedelta(seconds=1), day.start, day.end)


def _hour(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), 30 if found["half"] else int(found["minute"] or 0)
    hour += 12 if found["part"] in _LATE and hour < 12 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
