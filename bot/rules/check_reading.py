"""Cells as people write them: days, hours, whole numbers."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time

# In place of what a formula comes to, where the file does not keep it.
UNCALCULATED = "=?"
_FIRST_OF_WEST = 1912  # years from here on are Western; smaller ones are of the Republic
_DAY = re.compile(
    r"(?<!\d)(?P<y>\d{2,4})\s*(?P<sep>[./年-])\s*(?P<m>\d{1,2})\s*[./月-]\s*(?P<d>\d{1,2})(?!\d)"
)
_PACKED = re.compile(r"(?<!\d)(?P<y>\d{3,4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)")
_HOUR = re.compile(
    r"(上午|下午|中午|晚上)?\s*(\d{1,2})\s*[:：時點]\s*(\d{2}|半)?|(?<!\d)(\d{4})(?!\d)"
)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)")
_HEADS = re.compile(r"(\d+)\s*人\s*(?:[*×xX✕・、,，]|乘)?\s*(?:共|各)?\s*(\d+)\s*(?:場|次|節)")
_MOST = 10**9


@dataclass(frozen=True, slots=True)
class Read:
    """A number that was read, or what is wrong with it; both empty for a blank."""

    number: int | None = None
    fault: str = ""


def plain_text(text: str) -> str:
    """Half-width, without blanks at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def read_day(text: str) -> date | None:
    """The first day in a text: 112/9/1, 2023/9/1, 112.09.01, 112年9月1日, 1120901."""
    plain = plain_text(text)
    found = _DAY.search(plain) or _PACKED.search(plain)
    if not found:
        return None
    year = int(found["y"])
    try:
        return date(
            year if year >= _FIRST_OF_WEST else year + 1911, int(found["m"]), int(found["d"])
        )
    except ValueError:
        return None


def read_hours(text: str) -> list[time]:
    """The hours that a text names, in its order: 13:30-16:30, 1330~1630, 下午1點半."""
    found = []
    for half, hour, minute, packed in _HOUR.findall(plain_text(text)):
        h, m = (int(packed[:2]), int(packed[2:])) if packed else (int(hour), _minute(minute))
        if half in ("下午", "晚上") and h < 12:
            h += 12
        if h < 24 and m < 60:
            found.append(time(h, m))
    return found


def read_spans(text: str) -> list[tuple[time, time]]:
    """Hours from and to, pair by pair; what has no end is left out."""
    hours = read_hours(text)
    return [(a, b) for a, b in zip(hours[::2], hours[1::2], strict=False) if a < b]


def read_whole(text: str) -> Read:
    """A whole number that is not negative: 1,000, 2000元; else what is wrong with it."""
    plain = plain_text(text).replace(",", "").removesuffix("整").removesuffix("元").strip()
    if not plain:
        return Read()
    if text == UNCALCULATED:
        return Read(fault="這一格是公式，檔案裡沒有存下算好的數字")
    if not _NUMBER.fullmatch(plain):
        return Read(fault=f"「{text.strip()[:20]}」不是數字")
    if plain.startswith("-") and float(plain) != 0:
        return Read(fault=f"「{text.strip()[:20]}」是負數")
    if float(plain) != int(float(plain)):
        return Read(fault=f"「{text.strip()[:20]}」有小數")
    number = int(float(plain))
    return Read(number) if number < _MOST else Read(fault="數字太大")


def read_heads(text: str) -> tuple[int, int] | None:
    """People and sessions of a remark: 20人*3場."""
    found = _HEADS.search(plain_text(text))
    return (int(found[1]), int(found[2])) if found else None


def _minute(text: str) -> int:
    return 30 if text == "半" else int(text or 0)
