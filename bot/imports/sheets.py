"""One sheet of a file while it is read: rows of texts, in whatever format they came."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from bot.errors import AskAgain

MOST_COLUMNS = 200
MOST_SHEETS = 40
MOST_MERGED = 200_000  # cells
TOO_MUCH_MERGED = "合併的儲存格太多，沒有讀取。請取消合併儲存格，另存新檔再匯入。"
MERGED = "有{count}處合併儲存格，已把內容補到合併的每一格。"
BROKEN = "這個檔案打不開，可能沒有傳完整或已經損壞。請用 Excel 開啟後另存新檔（.xlsx）再匯入。"
LOCKED = "這個檔案加了密碼，讀不到內容。請在 Excel 取消密碼後另存新檔（.xlsx）再匯入。"


@dataclass(slots=True)
class Sheet:
    """A sheet whose rows are read as they are needed, from the first on, empty ones too."""

    name: str
    rows: Iterator[list[str]]
    notes: list[str] = field(default_factory=list)


class Merges:
    """Merged cells: each gets the text of its first one, as the rows come by in their order."""

    def __init__(self) -> None:
        self._first: dict[int, dict[int, tuple[int, int]]] = {}
        self._texts: dict[tuple[int, int], str] = {}
        self._cells = 0
        self.count = 0

    def add(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge these cells, all counted from 0.

        Raises:
            AskAgain: all that is merged is too much to be kept.
        """
        right = min(right, MOST_COLUMNS - 1)
        self._cells += max(bottom - top + 1, 1) * max(right - left + 1, 0)
        if self._cells > MOST_MERGED:
            raise AskAgain(TOO_MUCH_MERGED)
        self.count += 1
        self._texts[(top, left)] = ""
        for row in range(top, bottom + 1):
            columns = self._first.setdefault(row, {})
            columns.update(dict.fromkeys(range(left, right + 1), (top, left)))

    def fill(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        """The rows with what was merged filled in."""
        for number, row in enumerate(rows):
            for column, first in self._first.get(number, {}).items():
                row += [""] * (column + 1 - len(row))
                if (number, column) == first:
                    self._texts[first] = row[column]
                row[column] = self._texts[first]
            yield row


def cell_text(value: Any) -> str:
    """A value of Excel as it would have been typed: 2022-07-08, 3, 是."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return clean(str(value))


def clean(text: str) -> str:
    """A text without control and invisible characters, trimmed."""
    if text.isascii() and text.isprintable():
        return text.strip()
    seen = (c if unicodedata.category(c) not in {"Cc", "Cf", "Zl", "Zp"} else _instead(c)
            for c in text)  # fmt: skip
    return "".join(seen).strip()


def _instead(char: str) -> str:
    return " " if char in "\n\r\t\v\f\u2028\u2029" else ""
