"""Sheets that tests of checks send: the budget as the plan prints it, filled in."""

import io
from collections.abc import Callable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def saved(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def official(change: Callable[[Worksheet], None] = lambda sheet: None) -> bytes:
    """The budget as the plan prints it: two rows of fees and two of meals under merged heads."""
    book = Workbook()
    sheet = book.worksheets[0]
    rows: list[Sequence[object]] = [
        ("112 學年度數位學習專業社群實施計畫",),
        ("經費明細表",),
        ("項次", "項目", "單位", "單價", "數量", "總價", "備註"),
        (1, "講座鐘點費", "人節", 2000, 2, 4000, "1.外聘講座：○○○，1人*2節。"),
        (None, None, "人節", 1000, 0, 0, "1.內聘(校內)講座"),
        (2, "講座交通費", "趟", 0, 0, 0, "實際核銷"),
        (3, "印刷費", "份", 50, 20, 1000, "1.20人*1場。"),
        (4, "膳費", "(例)餐盒 份", 0, 0, 0, None),
        (None, None, "(例)茶水", 0, 0, 0, None),
        (5, "資料蒐集費", "式", 0, 1, 0, None),
        (6, "教材教具費", "式", 0, 1, 0, None),
        (7, "雜支", "式", 500, 1, 500, None),
        ("合計", None, None, None, None, 5500, None),
        ("總計", "新台幣    萬伍仟伍佰元整"),
        ("註：1.講師鐘點費至少需有1次",),
        ("承辦人", "教務主任", "會計主任", "校長"),
    ]
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c, value)  # type: ignore[call-overload]
    for merged in ("A1:G1", "A2:G2", "A4:A5", "B4:B5", "A8:A9", "B8:B9", "A13:E13"):
        sheet.merge_cells(merged)
    change(sheet)
    return saved(book)
