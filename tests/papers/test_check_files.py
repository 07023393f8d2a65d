"""Sheets that people filled in, read as they come: shifted, merged, with all kinds of days."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import AskAgain
from bot.model.checks import ActivityCheck, BudgetCheck
from bot.model.edition import Edition
from bot.papers.activity_file import read_activities
from bot.papers.blank_sheets import blank_activities, blank_budget
from bot.papers.budget_file import read_budget
from bot.papers.opened import LARGEST, MOST_ROWS, open_grids
from bot.rules.check_budget import check_budget
from bot.rules.check_findings import Weight
from bot.rules.check_reading import UNCALCULATED, read_day
from tests.papers.sheets import official, saved
from tests.understand.plans import real_library

HEADS = ("項次", "項目", "單位", "單價", "數量", "總價", "備註")


def edition() -> Edition:
    return next(e for e in real_library().editions if e.checks and e.checks.budget)


def the_budget() -> BudgetCheck:
    checks = edition().checks
    assert checks
    assert checks.budget
    return checks.budget


def the_plan() -> ActivityCheck:
    checks = edition().checks
    assert checks
    assert checks.activities
    return checks.activities


def sheet_of(rows: Sequence[Sequence[object]], down: int = 0, right: int = 0) -> bytes:
    book = Workbook()
    for r, row in enumerate(rows, 1 + down):
        for c, value in enumerate(row, 1 + right):
            book.worksheets[0].cell(r, c, value)  # type: ignore[call-overload]
    return saved(book)


def test_the_printed_form_is_read_and_has_nothing_wrong() -> None:
    budget = read_budget(official(), the_budget())
    lines = {line.item: (line.price, line.quantity, line.total) for line in budget.lines}
    wrong = [f.what for f in check_budget(edition(), "A", budget) if f.weight is Weight.FAULT]

    assert lines["fee-out"] == ("2000", "2", "4000")
    assert lines["fee-in"] == ("1000", "0", "0")
    assert lines["misc"] == ("500", "1", "500")
    assert (budget.total, budget.total_place) == ("5500", "F13")
    assert (budget.added, budget.left_out) == ((), ())
    assert wrong == []


def test_findings_name_the_cells_of_the_file() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["F7"] = 999
        sheet["B6"] = "場地費"

    found = check_budget(edition(), "A", read_budget(official(change), the_budget()))
    labels = [f.cell.label for f in found if f.cell and f.weight is Weight.FAULT]

    assert "印刷費／總價（F7）" in labels
    assert "「場地費」（B6）" in labels
    assert "合計（F13）" in labels
    assert any(f.what == "少了「講座交通費」這一列。" for f in found)


def test_headings_may_stand_elsewhere_and_in_another_order() -> None:
    rows = [("備註", "總價", "數量", "單價", "項目"), ("20人*1場", 1000, 20, 50, "印刷費")]
    budget = read_budget(sheet_of(rows, down=5, right=3), the_budget())

    assert [(x.item, x.price, x.note, x.places["total"]) for x in budget.lines] == [
        ("print", "50", "20人*1場", "E7")
    ]


def test_a_formula_without_its_value_is_told_as_such() -> None:
    content = sheet_of([HEADS, (3, "印刷費", "份", 50, 20, "=D2*E2", None)])
    budget = read_budget(content, the_budget())
    found = check_budget(edition(), "A", budget)

    assert budget.lines[0].total == UNCALCULATED
    assert any("公式" in f.what and f.cell and "F2" in f.cell.label for f in found)


def test_a_formula_is_read_as_what_it_came_to() -> None:
    content = with_cached(sheet_of([HEADS, (3, "印刷費", "份", 50, 20, "=D2*E2", None)]), "1000")

    assert read_budget(content, the_budget()).lines[0].total == "1000"


def with_cached(content: bytes, value: str) -> bytes:
    """The file as Excel saves it: what a formula came to stands beside it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.infolist():
            text = re.sub(
                rb"(</f>)<v ?/?>(</v>)?", rb"\1<v>%s</v>" % value.encode(), old.read(part)
            )
            new.writestr(part, text)
    return kept.getvalue()


@pytest.mark.parametrize(
    "day",
    [
        date(2023, 9, 1),
        datetime(2023, 9, 1, 9, 30),  # noqa: DTZ001 — as a sheet holds it
        "112/9/1",
        "2023/9/1",
        "112.09.01",
        1120901,
    ],
)
def test_days_of_a_plan_are_read_in_every_form(day: object) -> None:
    heads = ("次", "日期", "時間", "實施內容", "實施方式", "主持人或講座", "備註")
    content = sheet_of([heads, (1, day, "13:30-15:00", "共備", "專業對話", None, None)])
    row = read_activities(content, the_plan())[0]

    assert read_day(row.day) == date(2023, 9, 1)
    assert (row.hours, row.ways, row.places["day"]) == ("13:30-15:00", ("dialogue",), "B2")


def test_the_printed_plan_is_read_with_its_boxes() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    boxes = "□專業對話\n□專題講座\n▓公開授課\n□其他____"
    rows: list[Sequence[object]] = [
        ("次", "日期、時間", None, "實施內容", "實施方式", "主持人或講座", "備註"),
        (1, "112/9/6", "13:30-15:30", "共備", "■專業對話\n□專題講座\n□其他____", "王老師", None),
        (4, "112/10/6", "08:00-09:00", "開課", boxes, None, "說(備)課：112/10/1"),
        (
            5,
            "112/11/6",
            "13:00-15:00",
            "講座",
            "□專業對話\n▓專題講座",
            None,
            "■外聘講座\n□內聘(本市校外)講座",
        ),
        (6, "年/月/日", "時間", None, "□專業對話\n□專題講座", None, None),
        ("備註", "1. 實施方式為公開授課時"),
    ]
    for r, row in enumerate(rows, 3):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c, value)  # type: ignore[call-overload]
    sheet.merge_cells("B3:C3")
    found = read_activities(saved(book), the_plan())

    assert [(a.number, a.row, a.day, a.hours) for a in found] == [
        (1, 1, "112/9/6", "13:30-15:30"),
        (4, 2, "112/10/6", "08:00-09:00"),
        (5, 3, "112/11/6", "13:00-15:00"),
    ]
    assert [a.ways for a in found] == [("dialogue",), ("open",), ("talk",)]
    assert [a.lecturer for a in found] == ["", "", "out"]


def test_the_blank_sheets_are_read_back_once_filled_in() -> None:
    plan = load_workbook(io.BytesIO(blank_activities(edition(), the_plan())))
    sheet = plan.worksheets[0]
    for at, value in {
        "B3": "112/9/6",
        "C3": "13:30-15:30",
        "D3": "共備",
        "E3": "公開授課",
        "F3": "內聘(本市校外)",
    }.items():
        sheet[at] = value
    rows = read_activities(saved(plan), the_plan())
    budget = read_budget(blank_budget(edition(), the_budget()), the_budget())

    assert [(r.day, r.ways, r.lecturer) for r in rows] == [("112/9/6", ("open",), "city")]
    assert (budget.added, budget.left_out) == ((), ())
    assert {x.item: x.price for x in budget.lines}["fee-out"] == "2000"


def refusal(content: bytes) -> str:
    with pytest.raises(AskAgain) as told:
        read_budget(content, the_budget())
    return told.value.say


def archive(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是 Excel"),
        (b"%PDF-1.7", "不是 Excel"),
        ("項目,單價".encode(), "不是 Excel"),
        (archive({"word/document.xml": b"<w/>"}), "不是 Excel"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "舊版的 .xls"),
        (b"PK\x03\x04 broken", "打不開"),
        (archive({"xl/workbook.xml": b"<workbook"}), "打不開"),
        (b"PK" + bytes(LARGEST), "超過 2 MB"),
        (sheet_of([("姓名", "電話")]), "找不到表頭"),
        (sheet_of([("項目", "單價", "數量")]), "沒有「總價」"),
    ],
    ids=["empty", "pdf", "csv", "docx", "xls", "cut", "no-book", "large", "other-table", "column"],
)
def test_what_cannot_be_read_is_told_in_a_sentence(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = archive({"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": b" " * 50_000_000})

    assert len(bomb) < 100_000
    assert "解開後太大" in refusal(bomb)


def test_merged_cells_without_end_are_not_made() -> None:
    huge = official(lambda sheet: sheet.merge_cells("I20:J21"))
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(huge)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.infolist():
            new.writestr(part, old.read(part).replace(b"I20:J21", b"I20:XFD1048576"))

    assert "解開後太大" in refusal(kept.getvalue())


def test_entities_are_refused() -> None:
    text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'

    assert "打不開" in refusal(archive({"xl/workbook.xml": text}))


def test_ten_thousand_rows_are_too_many_and_told_so() -> None:
    rows: list[Sequence[object]] = [
        HEADS,
        *[(n, "印刷費", "份", 1, 1, 1, None) for n in range(10_000)],
    ]

    assert f"超過 {MOST_ROWS} 列" in refusal(sheet_of(rows))
    assert len(open_grids(sheet_of(rows[:MOST_ROWS]))[0].rows) == MOST_ROWS
