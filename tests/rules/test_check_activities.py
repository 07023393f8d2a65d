"""A community's activity plan against every clause of its plan: both sides of each boundary."""

from dataclasses import replace

import pytest

from bot.model.edition import Edition
from bot.rules.check_activities import check_activities
from bot.rules.check_activity import Activity
from bot.rules.check_findings import Weight
from bot.rules.check_reading import UNCALCULATED
from tests.understand.plans import real_library

NOTED = "說(備)課：112/10/1 觀課：112/10/5 議課：112/10/6"


def edition() -> Edition:
    return next(e for e in real_library().editions if e.checks and e.checks.activities)


def activity(number: int, way: str = "other", **own: str) -> Activity:
    day = {"day": f"112/10/{number}" if number < 4 else f"113/3/{number}"}
    usual = {"hours": "13:30-15:30", "content": "共備", **day}
    return Activity(number=number, ways=(way,), **{**usual, **own})  # type: ignore[arg-type]


def plan(group: str) -> list[Activity]:
    """A plan that just does: six or eight activities, and of each what is asked for."""
    rows = [
        activity(1, "dialogue"),
        activity(2, "open", note=NOTED),
        activity(3, "talk", lecturer="out", note="外聘講座"),
        activity(4),
        activity(5),
        activity(6),
    ]
    if group == "B":
        rows += [activity(7, "share"), activity(8, "dialogue")]
    return rows


def faults(rows: list[Activity], group: str = "A") -> list[tuple[str, str]]:
    """Cell and clause of everything that is wrong."""
    found = check_activities(edition(), group, rows)
    wrong = [f for f in found if f.weight is Weight.FAULT]
    return [(f.cell.label if f.cell else "", f.clause) for f in wrong]


def remarks(rows: list[Activity], group: str = "A") -> str:
    found = check_activities(edition(), group, rows)
    return " ".join(f.what for f in found if f.weight is Weight.REMARK)


def changed(rows: list[Activity], number: int, **own: object) -> list[Activity]:
    return [replace(r, **own) if r.number == number else r for r in rows]  # type: ignore[arg-type]


@pytest.mark.parametrize("group", ["A", "B"])
def test_a_plan_that_just_does_has_nothing_wrong(group: str) -> None:
    assert faults(plan(group), group) == []


@pytest.mark.parametrize(
    ("group", "number", "own", "clause"),
    [
        ("A", 6, None, "伍、陸、附件二（說明3）"),  # six activities, and five
        ("B", 6, None, "伍、陸、附件二（說明3）"),  # eight, and seven
        ("A", 1, ("other",), "伍、陸、附件二（說明1）"),  # one dialogue, and none
        ("B", 1, ("other",), "伍、陸、附件二（說明1）"),  # two, and one
        ("A", 2, ("other",), "伍、陸、附件二（說明2）"),  # one open lesson, and none
        ("B", 2, ("other",), "伍、陸、附件二（說明2）"),
        ("B", 7, ("other",), "伍、陸、附件二（說明4）"),  # one meeting of results, and none
    ],
)
def test_one_less_than_asked_for_is_wrong(
    group: str, number: int, own: tuple[str, ...] | None, clause: str
) -> None:
    rows = plan(group)
    fewer = changed(rows, number, ways=own) if own else [r for r in rows if r.number != number]

    assert faults(fewer, group) == [("", clause)]


def test_no_meeting_of_results_is_asked_of_group_a() -> None:
    found = check_activities(edition(), "A", plan("A"))

    assert not any("成果發表" in f.what for f in found)


@pytest.mark.parametrize(
    ("day", "is_wrong"),
    [
        ("112/8/31", True),
        ("112/9/1", False),
        ("2023/9/1", False),
        ("113.06.30", False),
        ("113/7/1", True),
    ],
)
def test_every_day_lies_within_the_period(day: str, is_wrong: bool) -> None:
    rows = changed(plan("A"), 4, day=day)
    rows = changed(rows, 5, day="113/3/20")

    assert faults(rows) == ([("第4次／日期", "肆、附件二")] if is_wrong else [])


def test_both_terms_have_activities() -> None:
    def all_on(month: str) -> list[Activity]:
        return [replace(r, day=f"{month}/{r.number}") for r in plan("A")]

    clause = [("", "柒、六、附件二（說明8）")]
    assert faults(all_on("113/1")) == clause
    assert faults(all_on("113/2")) == clause
    assert faults(changed(all_on("113/1"), 6, day="113/2/1")) == []
    assert faults(changed(all_on("113/2"), 6, day="113/1/31")) == []


def test_without_the_days_of_the_terms_they_are_not_held_against_it() -> None:
    waiting = tuple(replace(t, to_confirm=True) for t in edition().school_terms)

    found = check_activities(replace(edition(), school_terms=waiting), "A", plan("A"))

    assert ["還沒有確認" in f.what for f in found if f.weight is Weight.REMARK].count(True) == 1


@pytest.mark.parametrize(
    ("lecturer", "is_wrong"), [("out", False), ("city", False), ("own", True), ("", True)]
)
def test_one_lecturer_at_least_is_from_outside(lecturer: str, is_wrong: bool) -> None:
    rows = changed(plan("A"), 3, lecturer=lecturer, name="王老師", note="內聘(本市校外)外聘講座")

    wrong = [("", "附件二（說明6）、附件四（註1）")] if is_wrong else []
    assert faults(rows) == wrong


@pytest.mark.parametrize("column", ["name", "note"])
def test_a_lecturer_may_be_left_open_but_not_be_called_to_be_found(column: str) -> None:
    title = {"name": "主持人或講座", "note": "備註"}[column]

    assert faults(changed(plan("A"), 3, name="未定")) == []
    wrong = faults(changed(plan("A"), 3, **{column: "外聘講座（待聘）"}))
    assert wrong == [(f"第3次／{title}", "附件二（說明5）、附件四")]


@pytest.mark.parametrize(
    ("note", "is_wrong"),
    [
        (NOTED, False),
        ("備課 2023/10/1、觀課 112.10.5、議課 112年10月6日", False),
        ("說課：112/10/1 議課：112/10/6", True),
        ("說課：112/10/1 觀課： 議課：112/10/6", True),
        ("說(備)課：年/月/日觀課：年/月/日 議課：年/月/日", True),
        ("", True),
    ],
)
def test_an_open_lesson_notes_its_three_days(note: str, is_wrong: bool) -> None:
    wrong = [("第2次／備註", "附件二（備註1）")] if is_wrong else []

    assert faults(changed(plan("A"), 2, note=note)) == wrong


def test_the_days_of_an_open_lesson_lie_within_the_period_too() -> None:
    late = NOTED.replace("112/10/6", "113/7/1")

    assert faults(changed(plan("A"), 2, note=late)) == [("第2次／備註", "附件二（備註1）")]


@pytest.mark.parametrize(
    ("column", "text", "label"),
    [
        ("day", "", "日期"),
        ("day", "下週三", "日期"),
        ("day", "112/9/31", "日期"),
        ("hours", "", "時間"),
        ("hours", "下午", "時間"),
        ("hours", "15:00-13:00", "時間"),
        ("content", "", "實施內容"),
        ("ways", (), "實施方式"),
    ],
)
def test_every_activity_has_all_that_the_form_asks_for(
    column: str, text: object, label: str
) -> None:
    assert faults(changed(plan("A"), 5, **{column: text})) == [(f"第5次／{label}", "附件二")]


def test_two_on_a_day_are_a_remark_for_the_plan_does_not_say() -> None:
    rows = changed(plan("A"), 5, day="113/3/4")

    assert faults(rows) == []
    assert "第4次、第5次都在113年3月4日" in remarks(rows)
    assert "都在" not in remarks(plan("A"))


def test_what_is_online_is_noted_so() -> None:
    online = changed(plan("A"), 4, content="線上共備")

    assert "沒有寫「線上辦理」" in remarks(online)
    assert "線上" not in remarks(changed(online, 4, note="線上辦理"))


def test_a_lecturer_from_outside_is_noted() -> None:
    assert "備註沒有註明" in remarks(changed(plan("A"), 3, note=""))
    assert "備註沒有註明" not in remarks(plan("A"))


def test_where_the_document_disagrees_with_itself_is_a_remark_of_that_group() -> None:
    assert "至少各辦理2次" in remarks(plan("B"), "B")
    assert "至少各辦理2次" not in remarks(plan("A"), "A")


def test_a_plan_without_rows_says_so_first() -> None:
    assert faults([])[0] == ("", "附件二")


def test_what_this_year_has_not_confirmed_is_not_checked_and_that_is_said() -> None:
    whole = edition()
    notes = tuple(n for n in whole.notes if n.id != "two-terms")
    found = check_activities(replace(whole, notes=notes), "A", plan("A"))

    assert any("two-terms" in f.what and f.weight is Weight.REMARK for f in found)


@pytest.mark.parametrize("column", ["day", "hours", "content", "name", "note"])
def test_a_formula_whose_value_is_not_kept_is_said_to_be_one(column: str) -> None:
    found = check_activities(edition(), "A", changed(plan("A"), 4, **{column: UNCALCULATED}))

    said = [f.what for f in found if f.cell and (f.cell.row, f.cell.column) == ("4", column)]
    assert said == ["這一格是公式，檔案裡沒有存下算好的內容。"]


def test_a_word_of_a_file_that_is_no_way_of_the_plan_is_said_to_be_none() -> None:
    rows = changed(plan("A"), 4, ways=(), places={"ways": "E6"})

    found = [f for f in check_activities(edition(), "A", rows) if f.weight is Weight.FAULT]

    assert "寫的不是這張表的方式" in found[0].what
    assert found[0].cell
    assert "E6" in found[0].cell.label
