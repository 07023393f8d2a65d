"""A list of schools becomes schools, and every row is accounted for."""

import pytest

from bot.imports.report import Fate
from bot.imports.schools import COLUMNS, read_schools
from bot.imports.table import Row, Table
from bot.model.schools import Level, School

FULL_ROW = {
    "code": "s0001",
    "name": "市立大直高中",
    "full_name": "臺北市立大直高級中學",
    "short_names": "大直、直高",
    "city": "[30]台北市",
    "district": "中山區",
    "level": "完全中學",
    "classes": "54班",
    "is_remote": "否",
}
DAZHI = School(
    "S0001", "市立大直高中", "臺北市立大直高級中學", ("大直", "直高"), "臺北市", "中山區",
    Level.COMPLETE, 54,
)  # fmt: skip


def table(*rows: dict[str, str]) -> Table:
    """A list of these rows, which all have the columns of the first."""
    titles = {column.id: column.title for column in COLUMNS}
    return Table(
        headings={id_: titles[id_] for id_ in rows[0]},
        rows=tuple(Row(number, cells) for number, cells in enumerate(rows, 2)),
    )


def fates(*rows: dict[str, str], known: tuple[School, ...] = ()) -> list[Fate]:
    read = read_schools(table(*rows), {school.code: school for school in known})
    return [line.fate for line in read.report.lines]


def test_a_row_becomes_a_school() -> None:
    read = read_schools(table(FULL_ROW), {})

    assert read.schools == (DAZHI,)
    assert [line.fate for line in read.report.lines] == [Fate.NEW]


def test_the_same_list_twice_changes_nothing() -> None:
    read = read_schools(table(FULL_ROW), {"S0001": DAZHI})

    assert read.schools == ()
    assert fates(FULL_ROW, known=(DAZHI,)) == [Fate.UNCHANGED]


def test_every_row_is_accounted_for_once() -> None:
    other = FULL_ROW | {"code": "S0002", "name": "市立大直國小", "full_name": "大直國民小學"}
    rows = (FULL_ROW, other, FULL_ROW, FULL_ROW | {"classes": "60"}, other | {"code": ""})

    assert fates(*rows, known=(DAZHI,)) == [
        Fate.UNCHANGED, Fate.NEW, Fate.UNCHANGED, Fate.REFUSED, Fate.REFUSED,
    ]  # fmt: skip


def test_a_column_that_the_file_lacks_leaves_what_is_known() -> None:
    short = {"code": "S0001", "name": "市立大直高中", "classes": "60"}

    read = read_schools(table(short), {"S0001": DAZHI, "S0009": DAZHI})

    assert read.schools[0].classes == 60
    assert read.schools[0].short_names == DAZHI.short_names
    assert read.schools[0].level is Level.COMPLETE
    assert read.report.notes == ("原有的 1 所學校不在這份名單裡，沒有更動。",)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("臺北市立大直高級中學", Level.SENIOR),
        ("臺北市立三民國民中學", Level.JUNIOR),
        ("臺北市中山區大直國民小學", Level.ELEMENTARY),
        ("苗栗縣立某某國民中小學", Level.OTHER),
        ("臺北市立大安高級工業職業學校", Level.SENIOR),
        ("臺北市立啟聰學校", Level.OTHER),
    ],
)
def test_a_level_that_is_not_given_follows_from_the_name(name: str, level: Level) -> None:
    (school,) = read_schools(table({"code": "S0001", "name": name}), {}).schools

    assert school.level is level


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ({"code": "30301"}, "學校代碼", "去掉了開頭的0"),
        ({"code": "三民"}, "學校代碼", "英文字母或數字"),
        ({"name": ""}, "學校名稱", "請補上"),
        ({"full_name": "長" * 61}, "全銜", "超過60個字"),
        ({"short_names": "直"}, "簡稱", "至少要2個字"),
        ({"city": "大臺北"}, "縣市", "請寫全名"),
        ({"district": "中山區北安路一段二三號"}, "行政區", "只寫區名"),
        ({"level": "大學"}, "學制", "國小、國中"),
        ({"classes": "五十"}, "班級數", "整數"),
        ({"classes": "999"}, "班級數", "整數"),
        ({"is_remote": "可能"}, "偏遠", "「是」或「否」"),
    ],
)
def test_a_cell_that_cannot_be_read_refuses_its_row_with_the_remedy(
    cells: dict[str, str], column: str, why: str
) -> None:
    read = read_schools(table(FULL_ROW | cells), {})

    (line,) = read.report.lines
    assert read.schools == ()
    assert (line.fate, line.column) == (Fate.REFUSED, column)
    assert why in line.why
