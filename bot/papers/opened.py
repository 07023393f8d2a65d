"""An Excel file that somebody sent, as a grid of texts; what cannot be read is told in a sentence.

Nothing is run and nothing is kept: formulas are taken for what they came to when the file was
saved, and a file that would unpack to very much is not unpacked.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.errors import AskAgain
from bot.imports.unpacked import FAULTS, Bounds, cells_in, merged_in, unpacked
from bot.rules.check_reading import UNCALCULATED

LARGEST = 2_000_000  # bytes of the file
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 500, 60, 10
_MOST_MERGED = 50_000  # cells
_MOST_CELLS = 200_000  # that are written, empty ones too
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_BROKEN = "這個檔案打不開，可能已經損壞。請用 Excel 另存新檔（.xlsx）再上傳。"
_WRONG_KIND = "這不是 Excel 的 .xlsx 檔。請下載空白表填好，或把檔案另存成 .xlsx 再上傳。"
_OLD_KIND = "這是舊版的 .xls，或是加了密碼的檔案。請取消密碼，另存成 .xlsx 再上傳。"
_TOO_LARGE = "檔案超過 2 MB。請刪掉圖片和用不到的工作表再上傳。"
_BOUNDS = Bounds(
    part=8_000_000,
    whole=24_000_000,
    wrong_kind=_WRONG_KIND,
    too_much="檔案解開後太大，沒有讀取。請只留這一張表，另存新檔再上傳。",
    broken=_BROKEN,
)
_TOO_LONG = f"工作表超過 {MOST_ROWS} 列。請刪掉下面用不到的列，或改用空白表填寫。"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: texts by row and column, both from 1; merged cells all hold the text."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    def at(self, row: int, column: int) -> str:
        """The text of a cell; empty outside."""
        inside = 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1])
        return self.rows[row - 1][column - 1] if inside else ""


def place(row: int, column: int) -> str:
    """What Excel calls a cell: E7."""
    return f"{get_column_letter(column)}{row}"


def open_grids(content: bytes) -> list[Grid]:
    """The sheets of a file, in its order.

    Raises:
        AskAgain: it is no .xlsx, too large, too long or broken; `say` tells the cure.
    """
    _look_at_the_wrapping(content)
    try:
        _look_at_the_length(content)
        values = load_workbook(io.BytesIO(content), data_only=True)
        formulas = load_workbook(io.BytesIO(content))
    except AskAgain:
        raise
    except FAULTS as err:
        raise AskAgain(_BROKEN) from err
    names = [sheet.title for sheet in values.worksheets][:MOST_SHEETS]
    return [_grid(name, values[name], formulas[name]) for name in names]


def _look_at_the_wrapping(content: bytes) -> None:
    """What kind of file it is and how large it becomes, before anything is unpacked."""
    if len(content) > LARGEST:
        raise AskAgain(_TOO_LARGE)
    if content.startswith(_OLD_OFFICE):
        raise AskAgain(_OLD_KIND)
    if not content.startswith(b"PK"):
        raise AskAgain(_WRONG_KIND)
    try:
        for _, text in unpacked(content, _BOUNDS):
            if _merged_cells(text) > _MOST_MERGED or cells_in(text) > _MOST_CELLS:
                raise AskAgain(_BOUNDS.too_much)
    except FAULTS as err:
        raise AskAgain(_BROKEN) from err


def _merged_cells(text: bytes) -> int:
    """How many cells are merged; each would take room, however small the file is.

    A range that is written in an unusual way counts as too large.
    """
    count = 0
    for cells in merged_in(text):
        if cells is None:
            return _MOST_MERGED + 1
        top, left, bottom, right = cells
        count += max(right - left + 1, 1) * max(bottom - top + 1, 1)
    return count


def _look_at_the_length(content: bytes) -> None:
    """Counts the rows that hold something, without keeping any."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            sheet.reset_dimensions()  # what a file says of its size may be wrong
            for number, row in enumerate(
                sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1
            ):
                if number > MOST_ROWS and row.count(None) < len(row):
                    raise AskAgain(_TOO_LONG)
    finally:
        book.close()


def _grid(name: str, values: Any, formulas: Any) -> Grid:
    rows, columns = min(values.max_row, MOST_ROWS), min(values.max_column, MOST_COLUMNS)
    texts = [
        [_text(values.cell(r, c).value, formulas.cell(r, c).value) for c in range(1, columns + 1)]
        for r in range(1, rows + 1)
    ]
    for merged in values.merged_cells.ranges:
        for r, c in _cells(merged.bounds, rows, columns):
            texts[r - 1][c - 1] = texts[merged.min_row - 1][merged.min_col - 1]
    return Grid(name, tuple(tuple(row) for row in texts))


def _cells(bounds: tuple[int, int, int, int], rows: int, columns: int) -> Iterator[tuple[int, int]]:
    first_column, first_row, last_column, last_row = bounds
    if first_row > rows or first_column > columns:
        return
    for r in range(first_row, min(last_row, rows) + 1):
        for c in range(first_column, min(last_column, columns) + 1):
            yield r, c


def _text(value: Any, formula: Any) -> str:
    """A cell as somebody would have typed it."""
    if value is None:
        return UNCALCULATED if isinstance(formula, str) and formula.startswith("=") else ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return f"{value:%Y/%m/%d}" if midnight else f"{value:%Y/%m/%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y/%m/%d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value).strip()[:1000]
