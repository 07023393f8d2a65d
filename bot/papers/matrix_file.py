"""Schools × what they owe as an Excel file: two rows of headings, numbers as numbers.

Names come from lists that somebody uploaded: whatever one begins with, it is text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.papers.excel import MEDIA_TYPE, sheet_title, write_text

__all__ = ["MEDIA_TYPE", "MatrixSheet", "SheetColumn", "SheetRow", "matrix_file"]

_BOLD, _CENTRED = Font(bold=True), Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of numbers, below the heading that it shares with its neighbours."""

    group: str
    title: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A school: names, a number for each column, then shares between 0 and 1."""

    names: Sequence[str]
    numbers: Sequence[int | None]  # None: the cell stays empty
    rates: Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSheet:
    """The whole table."""

    title: str
    heads: Sequence[str]
    columns: Sequence[SheetColumn]
    rates: Sequence[str]
    rows: Sequence[SheetRow]


def matrix_file(table: MatrixSheet) -> bytes:
    """The file of the table."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a worksheet")
    sheet.title = sheet_title(table.title)
    _heads(sheet, table)
    for at, row in enumerate(table.rows, 3):
        for column, name in enumerate(row.names, 1):
            write_text(_cell(sheet, at, column), name)
        values = [*row.numbers, *row.rates]
        for column, value in enumerate(values, len(row.names) + 1):
            cell = _cell(sheet, at, column)
            cell.value = value
            if column > len(row.names) + len(row.numbers):
                cell.number_format = "0.0%"
    sheet.freeze_panes = sheet.cell(3, len(table.heads) + 1).coordinate
    last = get_column_letter(len(table.heads) + len(table.columns) + len(table.rates))
    sheet.auto_filter.ref = f"A2:{last}{max(2, len(table.rows) + 2)}"
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _heads(sheet: Worksheet, table: MatrixSheet) -> None:
    for column, name in enumerate(
        (*table.heads, *(c.title for c in table.columns), *table.rates), 1
    ):
        cell = _cell(sheet, 2, column)
        write_text(cell, name)
        cell.font, cell.alignment = _BOLD, _CENTRED
        sheet.column_dimensions[get_column_letter(column)].width = 14 if column < 5 else 9
    at = len(table.heads) + 1
    for group, some in groupby(table.columns, key=lambda one: one.group):
        width = len(list(some))
        cell = _cell(sheet, 1, at)
        write_text(cell, group)
        cell.font, cell.alignment = _BOLD, _CENTRED
        sheet.merge_cells(start_row=1, end_row=1, start_column=at, end_column=at + width - 1)
        at += width
    sheet.row_dimensions[1].height = 34


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("cells overlap")
    return cell
