"""Audiences in staff's words: read to the last character, or asked about."""

from datetime import datetime
from decimal import Decimal

import pytest

from bot.errors import AskAgain
from bot.model.audience import (
    AllOf,
    AnyOf,
    Around,
    AtLevel,
    AtSchools,
    Audience,
    Being,
    Everybody,
    Follows,
    Owing,
    Position,
    Short,
    TakesPart,
    Within,
)
from bot.model.schools import School
from bot.understand.audience_names import OPEN_STANDINGS
from bot.understand.audience_reading import AudienceReader
from tests.understand.plans import real_reader

JUNE = datetime.fromisoformat("2022-06-15T09:00+08:00")
TEACHER, CONTACT = Being(Position.TEACHER), Being(Position.CONTACT)
COOC = "cooc-teacher"
ASYNC = {"plan": COOC, "edition": "111", "track": "certificate-track", "requirement": "item-async"}
SHEET = Owing(plan=COOC, edition="111", deliverable="nomination-sheet", standings=OPEN_STANDINGS)


SCHOOLS = [
    School("1A", "市立大直國小", "臺北市中山區大直國民小學", (), "臺北市", "中山區"),
    School("2A", "市立大安國小", "臺北市立大安國民小學", (), "臺北市", "大安區"),
    School("1B", "市立港西國小", "基隆市立港西國民小學", (), "基隆市", "中山區"),
]


def read(text: str) -> Audience:
    saved = [("先導學校", Within(("高雄市",)))]
    return AudienceReader(real_reader(), JUNE, saved, SCHOOLS).read(text)


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("全部", Everybody()),
        ("所有老師", TEACHER),
        ("老師和學校承辦人", AnyOf((TEACHER, CONTACT))),
        ("酷課雲的老師", AllOf((Follows(plan=COOC), TEACHER))),
        (
            "高雄市、國小的學校承辦人",
            AllOf((Within(("高雄市",)), AtLevel(("elementary",)), CONTACT)),
        ),
        ("台北或新北市老師", AllOf((Within(("臺北市", "新北市")), TEACHER))),
        ("新竹的老師", AllOf((Within(("新竹市", "新竹縣")), TEACHER))),
        ("還沒上線上分組教學小技巧的老師", AllOf((Short(**ASYNC, part="groups"), TEACHER))),
        ("差一門非同步課的老師", AllOf((Short(**ASYNC, most=Decimal(1)), TEACHER))),
        ("還沒完成非同步課程的人", Short(**ASYNC)),
        ("尚未繳酷課雲附件1的學校承辦人", AllOf((SHEET, CONTACT))),
        ("酷課雲還沒繳附件一", AllOf((SHEET, CONTACT))),  # to whom else
        ("酷課雲的學校承辦人", AllOf((TakesPart(plan=COOC, edition="111"), CONTACT))),
        ("基隆中山區的老師", AllOf((Within(("基隆市",)), Around(("中山區",)), TEACHER))),
        ("大直國小的學校承辦人", AllOf((AtSchools(("1A",)), CONTACT))),
        ("臺北市大安國小、大直國小", AllOf((Within(("臺北市",)), AtSchools(("2A", "1A"))))),
        ("先導學校的老師", AllOf((Within(("高雄市",)), TEACHER))),  # a saved one
    ],
)
def test_who_is_meant_is_read(text: str, audience: Audience) -> None:
    assert read(text) == audience


@pytest.mark.parametrize(
    "text",
    [
        "除了老師以外",
        "阿貓阿狗的老師",
        "國小或高雄市",
        "不是國小的老師",
        "還沒繳火箭的學校",
        "的人",
        "老師?",
        "中山區的老師",  # of which city
        "尚未繳附件1的學校承辦人",  # of which plan
    ],
)
def test_what_is_not_understood_to_its_end_reaches_nobody(text: str) -> None:
    with pytest.raises(AskAgain):
        read(text)


def test_so_many_of_one_course_is_asked_about() -> None:
    with pytest.raises(AskAgain, match="只有一門"):
        read("差兩門互動工具的老師")
