"""Lists of schools that take part: what the rows say, and what is wrong with which of them."""

from dataclasses import dataclass

import pytest

from bot.imports.participations import ParticipationsRead, read_participations
from bot.model.goals import Subject
from bot.rules.owed import slots
from tests.rules.schools import COMMUNITY, MOBILE, edition_of, numbers
from tests.understand.plans import real_library

SCHOOLS = ("353301", "01330A")


@dataclass(frozen=True)
class Row:
    """A row of a file."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


def read(*rows: dict[str, str]) -> ParticipationsRead:
    """What becomes of the rows, the first of them in line 2."""
    lines = [Row(n, row) for n, row in enumerate(rows, 2)]
    return read_participations(lines, real_library().editions, SCHOOLS)


def mobile(**cells: str) -> dict[str, str]:
    return {"code": "353301", "plan": "行動學習", "year": "107", **cells}


def social(**cells: str) -> dict[str, str]:
    return {"code": "353301", "plan": "數位學習專業社群", "year": "112學年度", **cells}


def nominating(**cells: str) -> dict[str, str]:
    return {"code": "01330a", "plan": "酷課師", "year": "111年度", **cells}


def test_a_row_with_classes_makes_a_school_owe_for_them() -> None:
    found = read(mobile(classes="3班", applicant="國立國民中小學"))

    [taking] = found.takings
    assert found.faults == ()
    assert taking.facets == {"granted": "3", "applicant": "national"}
    assert numbers(slots(edition_of(MOBILE), taking))["reflection-text"] == 6


def test_rows_of_one_school_are_one_participation() -> None:
    found = read(
        social(community="共備社群", group="A組", members="3"),
        social(community="創新 社群", group="b", members="5人"),
        nominating(teacher="王小明、李大華"),
        nominating(teacher="陳 美"),
    )

    [first, second] = found.takings
    assert found.faults == ()
    assert [(u.label, dict(u.facets)) for u in first.units] == [
        ("共備社群", {"group": "A", "members": "3"}),
        ("創新 社群", {"group": "B", "members": "5"}),
    ]
    assert first.whose.edition_key == COMMUNITY
    assert second.school_code == "01330A"
    assert [u.label for u in second.units_of(Subject.TEACHER)] == ["王小明", "李大華", "陳美"]


@pytest.mark.parametrize(
    ("rows", "column", "words"),
    [
        ([mobile(code="3301")], "學校代碼", "6碼"),
        ([mobile(code="999999")], "學校代碼", "先匯入學校"),
        ([mobile(plan="")], "計畫", "沒有填計畫"),
        ([mobile(plan="別的計畫")], "計畫", "沒有「別的計畫」"),
        ([mobile(year="110")], "年度", "只有107年度"),
        ([mobile(year="")], "年度", "只有107年度"),
        ([mobile(classes="三班")], "核定班級數", "整數"),
        ([mobile(classes="0")], "核定班級數", "1到200"),
        ([mobile(classes="3"), mobile(classes="4")], "核定班級數", "不一樣"),
        ([mobile(applicant="學校"), mobile()], "申請單位", "不是申請單位"),
        ([mobile(group="A")], "組別", "沒有「組別」"),
        ([social(classes="3")], "核定班級數", "不以班為單位"),
        ([social(group="A")], "社群名稱", "補上社群名稱"),
        ([social(community="甲|乙")], "社群名稱", "不能有"),
        ([social(community="甲", group="C")], "組別", "請填"),
        (
            [social(community="甲", group="A"), social(community="甲", group="B")],
            "社群名稱",
            "已經有",
        ),
        ([nominating(teacher="王小明"), nominating(teacher="王小明")], "薦派教師", "已經有"),
        ([nominating(teacher="王小明、王小明")], "薦派教師", "同名的請加註"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(
    rows: list[dict[str, str]], column: str, words: str
) -> None:
    [fault] = read(*rows).faults

    assert (fault.column, words in fault.why) == (column, True), fault.why
    assert fault.number == (len(rows) + 1 if rows[-1] != mobile() else 2)


def test_the_same_row_twice_changes_nothing() -> None:
    once = read(social(community="甲", group="A"))
    twice = read(social(community="甲", group="A"), social(community="甲", group="A"))

    assert once == twice
