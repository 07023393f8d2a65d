"""One text of a plan file as the value that a field wants: a day, a number, a quantity."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.model.quantity import Value
from bot.model.when import When


@dataclass(frozen=True, slots=True)
class ScalarKind:
    """How one kind of value is read, and how an editor is told to write it."""

    read: Callable[[str], Any]  # ValueError where the text is none
    cure: str
    json: Mapping[str, Any]  # what an editor's schema says of it


def _int(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValueError(f"「{text}」不是整數")
    return int(text)


def _bool(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"「{text}」不是 true 或 false")
    return text == "true"


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", text):
        raise ValueError(f"「{text}」不是數字")
    return Decimal(text)


def _date(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"「{text}」不是日期")
    return date.fromisoformat(text)


def _datetime(text: str) -> datetime:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{5,8}(\+[0-9:]{5}|Z)?", text):
        raise ValueError(f"「{text}」不是日期加時刻")
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"「{text}」沒有時區")
    return at


def _when(text: str) -> When:
    if not text.isascii():
        raise ValueError(f"看不懂的日期「{text}」")
    return When.parse(text)


def _value(text: str) -> Value:
    if not text.isascii():
        raise ValueError(f"看不懂的數量「{text}」")
    return Value.parse(text)


_WHEN_CURE = (
    "寫成西元 2022-07-31、2022-07-31T17:00、2022-06-08T13:30/16:30 或 2022-07-01/2022-07-31"
)
_NUMBER = r"[0-9]+(\.[0-9]+)?"
_POINT = r"[0-9]{4}-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2})?|:(early|mid|late))?"
_SPAN = rf"((\.\.|{_POINT})/)?({_POINT}|[0-9]{{2}}:[0-9]{{2}})"

SCALARS: Mapping[Any, ScalarKind] = {
    str: ScalarKind(str, "寫一段文字", {"type": ["string", "number", "boolean"]}),
    int: ScalarKind(_int, "只寫阿拉伯數字，不加單位", {"type": "integer"}),
    bool: ScalarKind(_bool, "寫 true 或 false", {"type": "boolean"}),
    Decimal: ScalarKind(
        _decimal,
        "只寫阿拉伯數字，不加逗號和單位",
        {"type": ["number", "string"], "pattern": f"^-?{_NUMBER}$"},
    ),
    date: ScalarKind(
        _date,
        "寫成西元 2022-07-31",
        {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples": ["2024-01-05"]},
    ),
    datetime: ScalarKind(
        _datetime,
        "寫成 2022-07-31T08:00+08:00",
        {
            "type": "string",
            "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{5,8}(\+[0-9:]{5}|Z)$",
            "examples": ["2024-03-01T09:00+08:00"],
        },
    ),
    When: ScalarKind(
        _when,
        _WHEN_CURE,
        {
            "type": "string",
            "pattern": rf"^{_SPAN}(\s*,\s*{_SPAN})*$",
            "examples": [
                "2024-07-31",
                "2024-07-31T17:00",
                "2024-07-08T13:30/16:30",
                "2024-07-01/2024-07-31",
                "2024-05",
                "2024-11:late",
            ],
        },
    ),
    Value: ScalarKind(
        _value,
        "寫成 20000、100000..140000 或 30%，單位寫在 unit",
        {
            "type": ["number", "string"],
            "pattern": rf"^{_NUMBER}(\.\.{_NUMBER})?%?$",
            "examples": [2, 20000, "100000..140000", "30%"],
        },
    ),
}
