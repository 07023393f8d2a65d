"""Lists written as text: cells apart by commas, semicolons, tabs or bars, quoted where needed."""

import csv
import io
from collections.abc import Callable, Iterator

from bot.errors import AskAgain
from bot.imports.encodings import NAMES
from bot.imports.sheets import MOST_COLUMNS, Sheet, clean

_BETWEEN = (",", "\t", ";", "|")
_HEAD = 40
_QUOTES = '請把那一列的引號（"）補成一對，或刪掉，再匯入。'
_LONGEST_CELL = 131_072  # csv's own bound

Score = Callable[[list[list[str]]], tuple[int, int]]


def text_sheet(text: str, encoding: str, score: Score) -> Sheet:
    """The one sheet of a text.

    Args:
        score: how well rows hold the headings that are wanted; tells what stands between cells.

    Raises:
        AskAgain: it holds what no text holds, or a quote is not closed; also while it is read.
    """
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise AskAgain(
            f"第{row}列有不是文字的內容（NUL），檔案可能傳壞了。請重新匯出一次，再匯入。"
        )
    between = max(_BETWEEN, key=lambda sign: score(_head(text, sign)))  # the first of equal ones
    notes = [f"檔案的編碼是 {NAMES[encoding]}。"] if encoding in NAMES else []
    return Sheet("", _rows(text, between), notes)


def _head(text: str, between: str) -> list[list[str]]:
    lines = (line for line in text.splitlines()[:_HEAD])
    head = csv.reader(lines, delimiter=between)
    try:
        return [[clean(cell) for cell in row[:MOST_COLUMNS]] for row in head]
    except csv.Error:
        return []


def _rows(text: str, between: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    number, width = 0, 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as err:
            raise AskAgain(_fault(number, str(err))) from err
        if row is None:
            return
        widths = (len(row), width)
        if any(_swallows(cell, between, widths) for cell in row[:MOST_COLUMNS]):
            raise AskAgain(f"第{number}列的一格裡夾著好幾列，引號沒有成對，沒有讀取。{_QUOTES}")
        width = max(width, len(row))
        yield [clean(cell) for cell in row[:MOST_COLUMNS]]


def _swallows(cell: str, between: str, widths: tuple[int, int]) -> bool:
    """Whether whole rows stand inside a cell: its quote was closed only in a later row.

    Then it holds as many signs between cells as a row has, or the row has too many cells.

    Args:
        widths: how many cells this row has, and how many the rows before had at most.
    """
    own, before = widths
    if "\n" not in cell or before < 2:
        return False
    signs = cell.count(between)
    return (signs > 0 and (signs >= before - 1 or own > before)) or own >= 2 * before - 1


def _fault(number: int, said: str) -> str:
    if "field larger" in said:
        return f"第{number}列有一格超過{_LONGEST_CELL}個字，沒有讀取。可能是引號沒有成對，{_QUOTES}"
    return f"第{number}列的引號沒有成對，沒有讀取。{_QUOTES}"
