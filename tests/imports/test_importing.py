"""Lists are applied as a whole or not at all; every row is accounted for; twice changes nothing."""

import pytest
from sqlalchemy import Engine

from bot.errors import AskAgain
from bot.imports.attendance import Asked
from bot.imports.report import Fate
from bot.store import completions, roster
from bot.store.engine import open_engine
from tests.imports.files import HEAD, ROWS, xlsx
from tests.imports.office import (
    CHANNEL,
    DAZHI,
    PEOPLE,
    ZHONGSHAN,
    everything,
    fates,
    open_office,
    take_list,
    take_people,
)
from tests.migrated import migrated

LIST = (HEAD, *ROWS)
ONE = ROWS[0]


@pytest.fixture
def office(engine: Engine) -> Engine:
    """With schools, and two teachers on their lists."""
    open_office(engine)
    assert take_people(engine, PEOPLE).is_applied
    return engine


def members(engine: Engine) -> list[tuple[str, str, str]]:
    with engine.connect() as db:
        found = roster.of_schools(db, CHANNEL, [DAZHI.code, ZHONGSHAN.code])
        return [(m.school_code, m.name, m.title) for m in found]


def test_teachers_come_on_their_schools_lists_once_and_titles_change(office: Engine) -> None:
    before = everything(office)

    again = take_people(office, PEOPLE)
    unchanged = everything(office) == before
    other = take_people(office, [PEOPLE[0], ("市立大直", "王 小 明", "組長"), PEOPLE[2]])

    assert fates(again) == [Fate.UNCHANGED] * 2
    assert unchanged
    assert fates(other) == [Fate.CHANGED, Fate.UNCHANGED]
    assert members(office) == [(DAZHI.code, "王小明", "組長"), (ZHONGSHAN.code, "林美麗", "組長")]


def test_an_attendance_list_is_written_down_once_however_often_it_comes(office: Engine) -> None:
    before = everything(office)

    dry = take_list(office, LIST, dry_run=True)
    untouched = everything(office) == before
    first = take_list(office, LIST)
    after = everything(office)
    again = take_list(office, LIST)

    assert untouched
    assert not dry.is_applied
    assert [str(x) for x in dry.report.lines] == [str(x) for x in first.report.lines]
    assert first.is_applied
    assert fates(first) == [Fate.NEW] * 2
    assert fates(again) == [Fate.UNCHANGED] * 2
    assert everything(office) == after
    with office.connect() as db:
        found = completions.of_edition(db, CHANNEL, "cooc-teacher", "111")
        assert completions.of_edition(db, "other", "cooc-teacher", "111") == []
    assert [(c.requirement, c.part) for c in found] == [
        ("item-sync", "ono2"),
        ("item-sync", "material"),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("", *ONE[1:]), "「姓名」沒有填"),
        (("王○明", *ONE[1:]), "被遮住了"),
        (("3", *ONE[1:]), "不像是姓名"),
        (("A123456789", *ONE[1:]), "不像是姓名"),
        (("張三", *ONE[1:]), "不在大直高中的名冊"),
        ((ONE[0], "", *ONE[2:]), "沒有填學校"),
        ((ONE[0], "火星國小", *ONE[2:]), "沒有這所學校"),
        ((ONE[0], "中山國小", *ONE[2:]), "不確定是哪一所，可能是：中山國小（193601）"),
        ((*ONE[:2], "", *ONE[3:]), "沒有填研習名稱"),
        ((*ONE[:2], "同步課程", "111/7/1", "3"), "酷課OnO線上教室II（item-sync/ono2）"),
        ((*ONE[:2], "Padlet互動工具入門", *ONE[3:]), "不確定算哪一項"),
        ((*ONE[:3], "", "3"), "「日期」沒有填"),
        ((*ONE[:3], "111/2/30", "3"), "沒有這一天"),
        ((*ONE[:3], "112/7/8", "3"), "還沒到"),
        ((*ONE[:3], "95/7/8", "3"), "不在111年度前後"),
        ((*ONE[:4], "-3"), "要大於 0"),
        ((*ONE[:4], "300"), "不合理"),
        ((*ONE[:4], "三小時"), "看不懂這個數字"),
        (("課" * 301, *ONE[1:]), "超過 300 個字"),
        (("王小\ufffd", *ONE[1:]), "無法辨認的字"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_clear_is_told_and_nothing_of_its_list_is_applied(
    unchanged_office: Engine, row: tuple[str, ...], says: str
) -> None:
    before = everything(unchanged_office)

    told = take_list(unchanged_office, [HEAD, ROWS[1], row])

    assert not told.is_applied
    assert everything(unchanged_office) == before
    assert fates(told) == [Fate.NEW, Fate.REFUSED]
    assert says in str(told.report.lines[1])
    assert str(told.report.lines[1]).startswith("第3列")
    assert "123456789" not in str(told.report)


def test_fifty_thousand_rows_are_accounted_for_and_one_bad_one_stops_them_all(
    unchanged_office: Engine,
) -> None:
    before = everything(unchanged_office)

    told = take_list(unchanged_office, [HEAD, *ROWS * 25_000, (*ONE[:4], "-1")])

    assert told.report.total_words() == "共 50001 列：新增 2、不變 49998、有問題 1"
    assert str(told.report.lines[-1]).startswith("第50002列 有問題 「時數」（-1）")
    assert everything(unchanged_office) == before


def sqlite_of(url: str) -> Engine:
    engine = open_engine(url)
    migrated(engine)
    open_office(engine)
    take_people(engine, PEOPLE)
    return engine


@pytest.fixture
def sqlite_office(sqlite_url: str):
    engine = sqlite_of(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def unchanged_office(tmp_path_factory: pytest.TempPathFactory):
    """For tests that all begin with the same, because none of them changes anything."""
    engine = sqlite_of(f"sqlite:///{tmp_path_factory.mktemp('office')}/bot.db")
    yield engine
    engine.dispose()


def test_what_is_clear_may_be_applied_without_the_rest(office: Engine) -> None:
    told = take_list(office, [*LIST, ("張三", *ONE[1:])], partly=True)

    assert told.is_applied
    assert told.report.total_words() == "共 3 列：新增 2、有問題 1"
    with office.connect() as db:
        assert len(completions.of_edition(db, CHANNEL, "cooc-teacher", "111")) == 2


def test_rows_twice_absent_people_and_courses_of_others_are_told_and_hinder_nothing(
    sqlite_office: Engine,
) -> None:
    told = take_list(
        sqlite_office,
        [
            (*HEAD, "全程參與"),
            (*ONE, "是"),
            (*ONE[:3], "2022-07-09", "3.0", "Y"),
            (*ONE[:2], "線上教材製作", *ONE[3:], "缺席"),
            (*ONE[:2], "線上教材製作", *ONE[3:], ""),
            (*ONE[:2], "校園急救訓練", *ONE[3:], "是"),
        ],
    )

    assert told.is_applied
    assert fates(told) == [Fate.NEW, Fate.UNCHANGED, *[Fate.SKIPPED] * 3]
    assert "和第2列是同一項" in str(told.report.lines[1])


def test_who_is_on_no_list_is_put_there_only_if_that_is_asked(office: Engine) -> None:
    rows = [HEAD, ("張三豐", *ONE[1:]), ("張三豐", *ROWS[1][1:])]
    rows[2] = ("張三豐", "大直高中", *ROWS[1][2:])

    told = take_list(office, rows, add=True)

    assert fates(told) == [Fate.NEW, Fate.NEW]
    assert (DAZHI.code, "張三豐", "") in members(office)


def test_two_of_one_name_in_one_school_are_told_apart_by_a_column(sqlite_office: Engine) -> None:
    head = ("學校", "姓名", "職稱", "同名區分")
    two = [head, ("大直高中", "陳怡君", "教師", "國文"), ("大直高中", "陳怡君", "組長", "數學")]

    unclear = take_people(sqlite_office, [row[:3] for row in two])
    clear = take_people(sqlite_office, two)
    which = take_list(sqlite_office, [HEAD, ("陳怡君", *ONE[1:])])
    known = take_list(sqlite_office, [(*HEAD, "同名區分"), ("陳怡君", *ONE[1:], "數學")])

    assert fates(unclear) == [Fate.NEW, Fate.REFUSED]
    assert fates(clear) == [Fate.NEW] * 2
    assert "有2位陳怡君" in str(which.report.lines[0])
    assert fates(known) == [Fate.NEW]


def test_rivals_are_settled_by_whoever_imports(sqlite_office: Engine) -> None:
    rows = [HEAD, (*ONE[:2], "互動工具工作坊ABC", *ONE[3:]), (*ONE[:2], "同步課程", *ONE[3:])]
    asked = Asked({"互動工具工作坊ABC": "item-async/design", "同步課程": "-"})

    told = take_list(sqlite_office, rows, asked)

    assert fates(told) == [Fate.NEW, Fate.SKIPPED]


def test_a_list_of_one_course_takes_it_and_its_day_from_above(sqlite_office: Engine) -> None:
    rows = [["課程：酷課OnO線上教室II"], ["時間：111年7月8日"], HEAD[:2], ONE[:2]]

    above = take_list(sqlite_office, rows)

    assert fates(above) == [Fate.NEW]
    assert any("表頭" in note for note in above.report.notes)
    with pytest.raises(AskAgain, match="--course"):
        take_list(sqlite_office, [["時間：111年7月8日"], HEAD[:2], ONE[:2]])
    with pytest.raises(AskAgain, match="--on"):
        take_list(sqlite_office, rows[2:], Asked(all_count_for="item-sync/ono2"))
    with pytest.raises(AskAgain, match="沒有「item-x」這一項"):
        take_list(sqlite_office, rows, Asked(all_count_for="item-x"))


def test_a_schools_own_list_takes_nobody_of_another_school(sqlite_office: Engine) -> None:
    own = take_people(sqlite_office, [("姓名",), ("何方",)], DAZHI.code)
    other = take_people(sqlite_office, [("姓名", "學校"), ("何方", "中山女中")], DAZHI.code)

    assert fates(own) == [Fate.NEW]
    assert fates(other) == [Fate.REFUSED]
    with pytest.raises(AskAgain, match="沒有代碼"):
        take_people(sqlite_office, [("姓名",), ("何方",)], "000000")


def test_a_list_with_formulas_is_told_by_row(sqlite_office: Engine) -> None:
    before = everything(sqlite_office)

    told = take_list(sqlite_office, xlsx([HEAD, (*ONE[:4], "=1+2"), ROWS[1]]))

    assert fates(told) == [Fate.REFUSED, Fate.NEW]
    assert "公式" in str(told.report.lines[0])
    assert everything(sqlite_office) == before
