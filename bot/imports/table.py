"""A list as it was read: rows whose cells are known by their column, whatever file they came from.

Which columns a kind of list has is data of that kind: a tuple of `Column`. A row has a cell for
every column that the file has; a column that it lacks is in no row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# What stands in a cell that was a formula without a value: no reader of cells takes it for a word.
UNCALCULATED = "\x00公式"
# What stands for bytes that are no character of the file's encoding.
UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a kind of list, and the headings by which files name it.

    Headings are compared without spaces, brackets, signs and case: 服務 學校* is 服務學校.
    """

    id: str
    title: str  # what people are told it is called; a heading too
    words: tuple[str, ...] = ()  # other headings that mean it
    is_needed: bool = False  # without it the list cannot be read


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as Excel shows it, and its cells by the id of their column.

    Texts are trimmed and hold no control characters; days of Excel are written 2022-07-08, whole
    numbers without a point. An empty cell is an empty text.
    """

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The text of a cell; empty where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list that was read; rows that are empty are left out, and so is what follows no heading."""

    headings: Mapping[str, str]  # id of a column → its heading as the file has it
    rows: tuple[Row, ...]
    above: tuple[str, ...] = ()  # texts above the headings, from the top: titles, a course, a day
    ignored: tuple[str, ...] = ()  # headings that mean no column
    dropped: tuple[str, ...] = ()  # headings of ID numbers and the like; nothing of them was kept
    notes: tuple[str, ...] = field(default=())  # sentences about how the file was read

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return column in self.headings
