"""Sheets of an .xlsx file, read row by row; nothing is run, and nothing unpacks without a bound."""

import io
import re
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from bot.errors import AskAgain
from bot.imports.sheets import BROKEN, MERGED, MOST_COLUMNS, MOST_SHEETS, Merges, Sheet, cell_text
from bot.imports.table import UNCALCULATED
from bot.imports.unpacked import FAULTS, Bounds, merged_in, unpacked

# A formula whose value is missing or empty: a cell that ends right after its formula.
_NO_VALUE = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]{0,200}?\br=["']([A-Z]{1,3})(\d{1,7})["'][^<>]{0,200}>\s*"""
    rb"""<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_BOUNDS = Bounds(
    part=80_000_000,
    whole=160_000_000,
    wrong_kind="這不是 Excel 檔。請用 Excel 另存成 .xlsx 或 CSV 再匯入。",
    too_much="檔案解開後太大，沒有讀取。請只留要匯入的工作表，另存新檔再匯入。",
    broken=BROKEN,
)


def excel_sheets(data: bytes) -> list[Sheet]:
    """The sheets of a workbook in its order.

    Raises:
        AskAgain: it is none, is broken, or would unpack to too much; also while rows are read.
    """
    try:
        parts = dict(part for part in unpacked(data, _BOUNDS) if _is_sheet(part[0]))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [_sheet(sheet, parts) for sheet in book.worksheets[:MOST_SHEETS]]
    except AskAgain:
        raise
    except FAULTS as err:
        raise AskAgain(BROKEN) from err


def _sheet(sheet: Any, parts: dict[str, bytes]) -> Sheet:
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    # openpyxl tells a streamed sheet's part in no other way.
    text = parts.get(str(sheet._worksheet_path).lstrip("/"), b"")
    merges = _merges(text)
    notes = [MERGED.format(count=merges.count)] if merges.count else []
    return Sheet(str(sheet.title), merges.fill(_rows(sheet, _uncalculated(text))), notes)


def _rows(sheet: Any, uncalculated: set[tuple[int, int]]) -> Iterator[list[str]]:
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)):
            if not uncalculated and row.count(None) == len(row):
                yield []  # a file may say that its second row is the millionth
                continue
            texts = [cell_text(value) for value in row]
            if uncalculated:
                for place, text in enumerate(texts):
                    if not text and (number, place) in uncalculated:
                        texts[place] = UNCALCULATED
            yield texts
    except FAULTS as err:
        raise AskAgain(BROKEN) from err


def _uncalculated(text: bytes) -> set[tuple[int, int]]:
    if b"<f" not in text and b":f" not in text:
        return set()
    found = _NO_VALUE.findall(text)
    return {(int(row) - 1, column_index_from_string(c.decode()) - 1) for c, row in found}


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/")


def _merges(text: bytes) -> Merges:
    merges = Merges()
    for cells in merged_in(text):
        if cells is None:
            raise AskAgain(BROKEN)
        top, left, bottom, right = cells
        merges.add(top - 1, left - 1, bottom - 1, right - 1)
    return merges
