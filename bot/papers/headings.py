"""Where a sheet's table begins, found by the words of its headings."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import AskAgain
from bot.papers.opened import Grid

_SEARCHED = 40  # rows from the top
_TALLEST = 2  # a heading may take two rows: 日期、時間 above 年/月/日


@dataclass(frozen=True, slots=True)
class Table:
    """A grid with the columns that were found, and the first row below the headings."""

    grid: Grid
    columns: Mapping[str, int]
    first: int

    def text(self, row: int, column: str) -> str:
        """The text of a column in a row; empty where the sheet has no such column."""
        return self.grid.at(row, self.columns[column]) if column in self.columns else ""


def squeezed(text: str) -> str:
    """A text as headings are compared: half-width, without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def find_table(
    grids: Sequence[Grid], words: Mapping[str, Sequence[str]], musts: Sequence[str]
) -> Table:
    """The first table that has all columns of `musts`.

    Args:
        words: column → the headings by which it is known, the surest first.

    Raises:
        AskAgain: no sheet has such a table.
    """
    nearest: list[str] = list(musts)
    for grid in grids:
        for row in range(1, min(len(grid.rows), _SEARCHED) + 1):
            columns = _columns(grid, row, words)
            missing = [name for name in musts if name not in columns]
            if not missing:
                return Table(grid, columns, row + _height(grid, row, columns))
            nearest = min(nearest, missing, key=len)
    lacks = "、".join(words[name][0] for name in nearest)
    raise AskAgain(f"找不到表頭：沒有「{lacks}」這一欄。請確認是這一張表，或下載空白表填寫。")


def _columns(grid: Grid, row: int, words: Mapping[str, Sequence[str]]) -> dict[str, int]:
    headings = [squeezed(text) for text in grid.rows[row - 1]]
    found: dict[str, int] = {}
    for name, known in words.items():
        for word in known:
            at = next((i for i, h in enumerate(headings) if word in h and len(h) <= 16), None)
            if at is not None and at + 1 not in found.values():
                found[name] = at + 1
                break
    return found


def _height(grid: Grid, row: int, columns: Mapping[str, int]) -> int:
    """How many rows the headings take: a merged heading says the same in the row below."""
    height = 1
    while height < _TALLEST and all(
        grid.at(row + height, c) == grid.at(row, c) for c in columns.values()
    ):
        height += 1
    return height
