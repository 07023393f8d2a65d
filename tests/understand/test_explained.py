"""Why an answer was chosen, in the names that people know."""

from datetime import date

import pytest

from bot.messages import Why
from bot.model.entries import Supplement
from bot.understand.explained import explain, lines
from bot.understand.reader import Reader
from tests.handlers.plans import small_reader

WHY = Why(
    because="最符合",
    plan="reading",
    edition="111",
    entry="workshop",
    score=0.9126,
    words=("工作", "作坊"),
    rivals=(("reading/111#sign-up", 0.5), ("reading/111#gone", 0.4)),
)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return small_reader(tmp_path_factory.mktemp("knowledge"))


def test_every_part_of_a_reason_is_told(plans: Reader) -> None:
    assert lines(explain(plans, WHY)) == [
        "方式：最符合",
        "計畫：臺中111晨間共讀",
        "條目：reading/111#workshop 說書工作坊（柒、一）",
        "分數：0.913",
        "關鍵詞：工作、作坊",
        "其他候選：臺中111晨間共讀　工作坊報名截止 0.500；reading/111#gone 0.400",
    ]


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (Why(), ["沒有查任何計畫"]),
        (Why(entry="by-day"), ["條目：依日期查詢"]),
        (Why(plan="reading"), ["計畫：臺中111晨間共讀", "條目：reading"]),
        (
            Why(plan="gone", edition="1", entry="x"),
            ["計畫：gone", "條目：gone/1#x x（已不在收錄中）"],
        ),
    ],
)
def test_what_is_not_known_is_left_out(plans: Reader, why: Why, told: list[str]) -> None:
    assert lines(explain(plans, why)) == told


def test_a_supplement_that_is_said_no_more_is_still_named(plans: Reader) -> None:
    entry = Supplement(
        id="staff-1",
        title="停車",
        source=("會議",),
        answered_on=date(2022, 6, 1),
        expires_on=date(2022, 6, 2),
    )
    why = Why(plan="reading", edition="111", entry="staff-1", rivals=(("reading/111#staff-1", 1),))

    found = explain(plans, why, {"staff-1": entry})

    assert (found.title, found.clauses, found.rivals) == ("停車", ("會議",), (("停車", 1),))
