"""What an entry can tell: a day, an hour, a place, so many of something, a sum, a share.

A question for something that the entry cannot tell is not answered by it, however alike the words
are. The names are those of the lexicon's `asks`; counts carry their unit (`count:份`).
"""

import re
from collections.abc import Iterator

from bot.model.entries import (
    Amount,
    Contact,
    Deliverable,
    Entry,
    Form,
    Link,
    PlanDate,
    Requirement,
    Setting,
    Unsaid,
)
from bot.model.quantity import Quantity
from bot.understand.bodies import body_of
from bot.understand.numbers import to_digits

UNITS = (
    "小時|mb|個月|門|場|次|份|張|群|組|班|件|篇|則|項|校|所|頁|台|臺|節|級|人|位|名|分|字|間|天|日|碼|筆"
    "|趟|倍|年|科|種|層|公分|吋|坪|歲|題|樓|分鐘|支|個"
)
_COUNT = re.compile(rf"(?:\d+(?:\.\d+)?|[一二兩三四五六七八九十]+)\s*(?:個)?({UNITS})")
_MONEY = re.compile(r"\d\s*[萬千百]?\s*元|\d+\s*萬")
_SHARE = re.compile(r"\d+(?:\.\d+)?\s*%|\d+/\d+|分之")
_PEOPLE = "(?:成員|教師|老師|人員|學生)"
_SHARE_OF_PEOPLE = re.compile(  # so many of them are told, too
    rf"{_PEOPLE}[^,，;；。]{{0,4}}\d+/\d+|\d+/\d+[^,，;；。]{{0,4}}{_PEOPLE}"
)
_DAY = re.compile(r"\d+月|月底|學期|每月|每年|學年|\d+[日天]|期間|即日起|年度")
_HOUR = re.compile(r"\d{1,2}[::]\d{2}|\d+時|點")
_PLACE = re.compile(
    r"至.{1,20}(?:網|系統|平台|平臺|教室|學校)|地點|地址|於.{1,12}辦理|校內|網站|路\d|線上"
)
_NAMED = re.compile(
    r"授課|主講|講師[::是為]|委員[::為由]|名單"
    r"|由.{1,14}(?:教師|教授|委員|人員|主任|校長)(?:擔任|授課|組成|負責)"
)
_FOLLOWS = re.compile(
    r"無故|逾期|逾時|取消|否則|[未不]\S{1,10}者|若[未不]|沒有?\S{1,8}就|視[為同]|繳回|追[回繳]|不予|喪失"
)
_PATTERNS = (
    ("follows", _FOLLOWS),
    ("when", _DAY),
    ("time", _HOUR),
    ("where", _PLACE),
    ("money", _MONEY),
    ("share", _SHARE),
    ("name", _NAMED),
)
# What is wanted → what tells it: how long it is still open, a day tells.
TOLD_AS = {"closes": "when", "left": "when", "open": "when"}
ALIKE = {
    "人": {"人", "位", "名"},
    "份": {"份", "篇", "則", "件", "本"},
    "次": {"次", "場"},
    "支": {"支", "次"},
    "門": {"門", "堂"},
    "校": {"校", "所", "間"},
    "天": {"天", "日"},
    "群": {"群", "組"},
    "件": {"件", "份", "項", "個", "篇"},
}


def gives_of(entry: Entry) -> frozenset[str]:
    """Names of everything that the entry can tell."""
    return frozenset(_structured(entry)) | frozenset(_written(_whole(entry)))


def alike(unit: str) -> set[str]:
    """Units that people use for the same count."""
    return {unit} | {u for units in ALIKE.values() if unit in units for u in units}


def _whole(entry: Entry) -> str:
    return to_digits(body_of(entry)).lower()


def _written(text: str) -> Iterator[str]:
    yield from (name for name, pattern in _PATTERNS if pattern.search(text))
    if "http" in text or "www" in text or ".tw" in text:
        yield from ("link", "where")
    for unit in _COUNT.findall(text):
        yield f"count:{unit}"
    if _SHARE_OF_PEOPLE.search(text):
        yield "count:人"


_OF_KIND: tuple[tuple[type[Entry], tuple[str, ...]], ...] = (
    (Form, ("where", "sign", "who")),
    (Contact, ("who", "where")),
    (Link, ("link", "where")),
    (Unsaid, ("anything",)),
)


def _structured(entry: Entry) -> Iterator[str]:
    for kind, names in _OF_KIND:
        if isinstance(entry, kind):
            yield from names
    match entry:
        case Contact():
            yield from _of_contact(entry)
        case PlanDate():
            yield from _of_date(entry)
        case Amount() | Requirement() | Deliverable() | Setting():
            for quantity in entry.amount:
                yield from _of_quantity(quantity)
    if isinstance(entry, Deliverable | Requirement):
        yield from _of_work(entry)


def _of_work(entry: Deliverable | Requirement) -> Iterator[str]:
    if entry.due:
        yield "when"
    if isinstance(entry, Deliverable) and entry.to:
        yield from ("where", "who")


def _of_contact(entry: Contact) -> Iterator[str]:
    if entry.phone:
        yield "phone"
    if entry.email:
        yield "mail"


def _of_date(entry: PlanDate) -> Iterator[str]:
    yield "when"
    if entry.missed:
        yield "follows"
    if entry.place or entry.to:
        yield "where"
    if entry.to:
        yield "who"
    if any(s.until or s.end.at for c in entry.when for s in c.at.spans):
        yield "time"


def _of_quantity(quantity: Quantity) -> Iterator[str]:
    if quantity.value.is_share:
        yield from ("share", "money")
    elif quantity.unit == "元":
        yield "money"
    else:
        yield f"count:{quantity.unit}"
