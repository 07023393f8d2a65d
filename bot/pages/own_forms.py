"""What people fill in on their own page, read into values; what cannot be read is said."""

import re
import secrets
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from werkzeug.datastructures import MultiDict

from bot.errors import AskAgain
from bot.own_work import Reported

_ID = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,3})?")
VISIT = "page-"
LONGEST = 200
SHOWN = 20  # characters of what cannot be read
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF10, 0xFF1A)}


def new_visit() -> str:
    """What a form holds so that sending it twice counts once."""
    return secrets.token_hex(16)


def field(typed: Mapping[str, str], name: str) -> str:
    """What was sent under this name, without what cannot be seen; empty where nothing was."""
    said = typed.get(name, "")[:LONGEST].strip()
    return "".join(c for c in said if c.isprintable())


def is_id(text: str) -> bool:
    """Whether it has the shape of the ids that rows have."""
    return bool(_ID.fullmatch(text))


def read_report(typed: "MultiDict[str, str]") -> Reported:
    """What was reported.

    Raises:
        AskAgain: the day or the number cannot be read, or the form is an old one.
    """
    visit = field(typed, "visit")
    if not is_id(visit):
        raise AskAgain("這張表單已經過時，沒有記錄。請重新整理這一頁再填一次。")
    return Reported(
        enrolment_id=field(typed, "enrolment"),
        requirement=field(typed, "requirement"),
        on=_day(field(typed, "on")),
        parts=tuple(dict.fromkeys(part[:LONGEST] for part in typed.getlist("part") if part)),
        count=_count(field(typed, "count") or "1"),
        term=field(typed, "term"),
        marks=frozenset(typed.getlist("mark")),
        is_another=bool(typed.get("another")),
        visit=VISIT + visit,
    )


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        shown = f"「{said[:SHOWN]}」" if said else "空白"
        raise AskAgain(
            f"看不懂日期{shown}，沒有記錄。請用日期選單選擇，或填成 2022-06-15 的樣子。"
        ) from None


def _count(said: str) -> Decimal:
    narrow = said.translate(_WIDE)
    if not _NUMBER.fullmatch(narrow):
        raise AskAgain(f"「{said[:SHOWN]}」不是數字，沒有記錄。請填次數，例如 1。")
    try:
        return Decimal(narrow)
    except InvalidOperation:  # the pattern lets none through
        raise AskAgain("請填次數，例如 1。") from None
