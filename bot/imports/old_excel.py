"""Sheets of an .xls file of Excel 97 to 2003 (and older), by xlrd."""

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd

from bot.errors import AskAgain
from bot.imports.sheets import (
    BROKEN,
    LOCKED,
    MERGED,
    MOST_COLUMNS,
    MOST_SHEETS,
    Merges,
    Sheet,
    cell_text,
)

# How the directory of a file names what only an encrypted .xlsx has.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FAULTS = (
    xlrd.XLRDError,
    AssertionError,
    AttributeError,
    LookupError,  # a code page that nobody knows is one, too
    OverflowError,
    TypeError,
    ValueError,
    EOFError,
    struct.error,
    xlrd.compdoc.CompDocError,
)


def old_excel_sheets(data: bytes) -> list[Sheet]:
    """The sheets of a workbook in its order.

    Raises:
        AskAgain: it is locked, broken, or no workbook.
    """
    if _ENCRYPTED in data:
        raise AskAgain(LOCKED)
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), on_demand=True
        )
        return [_sheet(book, name) for name in range(min(book.nsheets, MOST_SHEETS))]
    except AskAgain:
        raise
    except _FAULTS as err:
        locked = "encrypted" in str(err).lower()
        raise AskAgain(LOCKED if locked else BROKEN) from err


def _sheet(book: Any, number: int) -> Sheet:
    sheet = book.sheet_by_index(number)
    merges = Merges()
    for top, under, left, beside in sheet.merged_cells:
        merges.add(top, left, under - 1, beside - 1)
    notes = [MERGED.format(count=merges.count)] if merges.count else []
    return Sheet(sheet.name, merges.fill(_rows(sheet, book.datemode)), notes)


def _rows(sheet: Any, datemode: int) -> Iterator[list[str]]:
    for number in range(sheet.nrows):
        yield [_text(cell, datemode) for cell in sheet.row(number)[:MOST_COLUMNS]]


def _text(cell: Any, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return cell_text(xlrd.xldate.xldate_as_datetime(cell.value, datemode))
        except (ValueError, OverflowError):
            return cell_text(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return cell_text(cell.value)
