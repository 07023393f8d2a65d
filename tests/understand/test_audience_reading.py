"""Audiences in staff's words: read to the last character, or asked about."""

from datetime import datetime
from decimal import Decimal

import pytest

from bot.errors import AskAgain
from bot.model.audience import (
    AllOf,
    AnyOf,
    AtLevel,
    Audience,
    Being,
    Everybody,
    Follows,
    Owing,
    Position,
    Short,
    Within,
)
from bot.understand.audience_reading import OPEN_STANDINGS, AudienceReader
from tests.understand.plans import real_reader

JUNE = datetime.fromisoformat("2022-06-15T09:00+08:00")
TEACHER, CONTACT = Being(Position.TEACHER), Being(Position.CONTACT)
COOC = "cooc-teacher"
ASYNC = {"plan": COOC, "edition": "111", "track": "certificate-track", "requirement": "item-async"}
PACKAGE = Owing(plan=COOC, edition="111", deliverable="report-package", standings=OPEN_STANDINGS)


def read(text: str) -> Audience:
    return AudienceReader(real_reader(), JUNE, [("先導學校", Within(("高雄市",)))]).read(text)


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
        ("差一門非同步課的老師", AllOf((Short(**ASYNC, most=Decimal(1)), TEACHER))),
        ("還沒完成非同步課程的人", Short(**ASYNC)),
        ("尚未繳附件1的學校承辦人", AllOf((PACKAGE, CONTACT))),
        ("酷課雲還沒繳附件一", AllOf((PACKAGE, CONTACT))),  # to whom else
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
    ],
)
def test_what_is_not_understood_to_its_end_reaches_nobody(text: str) -> None:
    with pytest.raises(AskAgain):
        read(text)
