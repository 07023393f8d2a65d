"""Sheets of an .xlsx file, read row by row; nothing is run, and nothing unpacks without a bound."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from bot.errors import AskAgain
from bot.imports.sheets import BROKEN, MERGED, MOST_COLUMNS, MOST_SHEETS, Merges, Sheet, cell_text
from bot.imports.table import UNCALCULATED

_LARGEST_PART, _LARGEST_WHOLE = 80_000_000, 160_000_000  # bytes when unpacked
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*>")
_RANGE = re.compile(rb"""\sref=["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
# A formula whose value is missing or empty: a cell that ends right after its formula.
_NO_VALUE = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>\s*"""
    rb"""<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_WRONG_KIND = "這不是 Excel 檔。請用 Excel 另存成 .xlsx 或 CSV 再匯入。"
_TOO_MUCH = "檔案解開後太大，沒有讀取。請只留要匯入的工作表，另存新檔再匯入。"
_FAULTS = (
    InvalidFileException,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)


def excel_sheets(data: bytes) -> list[Sheet]:
    """The sheets of a workbook in its order.

    Raises:
        AskAgain: it is none, is broken, or would unpack to too much; also while rows are read.
    """
    try:
        parts = _parts(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [_sheet(sheet, parts) for sheet in book.worksheets[:MOST_SHEETS]]
    except AskAgain:
        raise
    except _FAULTS as err:
        raise AskAgain(BROKEN) from err


def _parts(data: bytes) -> dict[str, bytes]:
    """The sheets of the file as they are written; every part was unpacked within its bound."""
    kept: dict[str, bytes] = {}
    whole = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" not in names:
            raise AskAgain(_WRONG_KIND)
        for name in names:
            if not name.endswith((".xml", ".rels")):
                continue
            with archive.open(name) as opened:  # what a part says of its size may be a lie
                text = opened.read(_LARGEST_PART + 1)
            whole += len(text)
            if len(text) > _LARGEST_PART or whole > _LARGEST_WHOLE:
                raise AskAgain(_TOO_MUCH)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise AskAgain(BROKEN)
            if name.startswith("xl/worksheets/"):
                kept[name] = text
    return kept


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
            texts = [cell_text(value) for value in row]
            if uncalculated:
                for place, text in enumerate(texts):
                    if not text and (number, place) in uncalculated:
                        texts[place] = UNCALCULATED
            yield texts
    except _FAULTS as err:
        raise AskAgain(BROKEN) from err


def _uncalculated(text: bytes) -> set[tuple[int, int]]:
    if b"<f" not in text and b":f" not in text:
        return set()
    found = _NO_VALUE.findall(text)
    return {(int(row) - 1, column_index_from_string(c.decode()) - 1) for c, row in found}


def _merges(text: bytes) -> Merges:
    merges = Merges()
    for tag in _MERGED.findall(text):
        found = _RANGE.search(tag)
        if not found:
            raise AskAgain(BROKEN)
        first, top, last, bottom = (part.decode() for part in found.groups())
        left, right = column_index_from_string(first) - 1, column_index_from_string(last) - 1
        merges.add(int(top) - 1, left, int(bottom) - 1, right)
    return merges
