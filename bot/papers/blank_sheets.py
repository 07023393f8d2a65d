"""Blank sheets to fill in and send back: the rows and columns that the checks read."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.model.checks import ActivityCheck, BudgetCheck
from bot.model.edition import Edition
from bot.rules.check_findings import Law

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS = 12  # activities that the blank plan has room for
_LINE = Side(style="thin", color="999999")
_WIDTHS = (6, 22, 8, 10, 8, 12, 40)
_PLAN_WIDTHS = (6, 14, 16, 36, 16, 18, 20, 40)


def blank_budget(edition: Edition, check: BudgetCheck) -> bytes:
    """A budget with a row an item; prices that are fixed are filled in."""
    book, law = Workbook(), Law(edition)
    sheet = book.worksheets[0]
    sheet.title = "經費明細表"
    heads = ("項次", "項目", "單位", "單價", "數量", "總價", "備註")
    rows: list[Sequence[str | int | None]] = [(f"{edition.about.short} {check.title}用表",), heads]
    for number, item in enumerate(check.items, 1):
        figure = law.figure(item.rates[0].rate, item.rates[0].each) if item.rates else None
        fixed = figure.value.high if figure and figure.bound == "exactly" else None
        price = int(fixed) if fixed is not None else None
        rows.append((number, item.title, item.unit, price, None, None, None))
    rows.append(("", "合計"))
    rows.append((f"註：沒有申請的項目，總價填 0。備註例：{check.items[0].hint or '20人*3場'}。",))
    _write(sheet, rows, _WIDTHS)
    return _saved(book)


def blank_activities(edition: Edition, check: ActivityCheck) -> bytes:
    """An activity plan with numbered rows; ways and kinds of lecturers are chosen from lists."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "實施進度"
    heads = ("次", "日期", "時間", "實施內容", "實施方式", "講座種類", "主持人或講座", "備註")
    rows: list[Sequence[str | int | None]] = [(f"{edition.about.short} {check.title}用表",), heads]
    rows += [(number,) for number in range(1, _ROWS + 1)]
    rows.append(("說明：日期寫 112/10/5，時間寫 13:30-15:30；用不到的列留空。",))
    _write(sheet, rows, _PLAN_WIDTHS)
    ways = [way.title for way in check.ways.values()]
    kinds = [kind.title for kind in check.lecturers.values()]
    for column, names in (("E", ways), ("F", kinds)):
        listed = DataValidation(type="list", formula1=f'"{",".join(names)}"', allow_blank=True)
        listed.add(f"{column}3:{column}{_ROWS + 2}")
        sheet.add_data_validation(listed)
    for column in ("B", "C"):  # texts, so that Excel does not make 112/9/1 a day of the year 112
        for row in range(3, _ROWS + 3):
            sheet[f"{column}{row}"].number_format = "@"
    return _saved(book)


def _write(
    sheet: Worksheet, rows: Sequence[Sequence[str | int | None]], widths: Sequence[int]
) -> None:
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c, value)
        if 2 <= r < len(rows):
            _framed(sheet, r, len(widths), is_head=r == 2)
    for c, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(c)].width = width
    sheet.freeze_panes = "A3"
    sheet["A1"].font = Font(bold=True, size=14)


def _framed(sheet: Worksheet, row: int, columns: int, *, is_head: bool) -> None:
    for c in range(1, columns + 1):
        cell = sheet.cell(row, c)
        cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if is_head:
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="E3EFE9")


def _saved(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
