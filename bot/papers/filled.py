"""A form with what is known filled in, as its writers draw it: lines of text, tables of cells."""

from dataclasses import dataclass, field
from decimal import Decimal

from bot.model.form_layout import FileKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """What a spreadsheet works out. Made of our own words alone, never of what somebody typed.

    `{row,column}` is the address of a cell of the same table, both counted from 0.
    """

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table."""

    text: str = ""
    is_label: bool = False
    is_centred: bool = False
    is_small: bool = False
    span: int = 1  # columns
    down: int = 1  # rows
    height: int = 1  # lines of room
    number: Decimal | None = None
    formula: Formula | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A cell of a spreadsheet beside its table, which is not printed."""

    row: int
    cell: Cell
    column: int = 0  # from the table's right edge on
    choices: tuple[str, ...] = ()  # what may be entered there


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; a cell below one that reaches down is left out of its row."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Text between the tables."""

    text: tuple[str, ...]
    is_centred: bool = False
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """The whole form, from top to bottom."""

    file: FileKind
    parts: tuple[Lines | Table, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What is still to be done on paper: a field to fill in or a box to sign, and by whom."""

    label: str
    by: str
    is_signature: bool = False
