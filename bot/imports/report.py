"""What becomes of a list that is imported, row by row; every row that was read is in it once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.imports.table import UNCALCULATED, UNREADABLE, Row
from bot.understand.mask import mask

_LONGEST_VALUE = 40


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"  # something is added
    CHANGED = "changed"  # something that was there becomes other
    UNCHANGED = "unchanged"  # all of it is there already
    SKIPPED = "skipped"  # it is not for this import: another plan's course, somebody absent
    REFUSED = "refused"  # it cannot be read or is not clear: a file with such rows is not applied


FATES = {
    Fate.NEW: "新增",
    Fate.CHANGED: "更新",
    Fate.UNCHANGED: "不變",
    Fate.SKIPPED: "不列入",
    Fate.REFUSED: "有問題",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What becomes of one row, and why."""

    number: int  # of the row
    fate: Fate
    column: str = ""  # what people call it
    value: str = ""  # of that cell, masked and cut
    why: str = ""  # a sentence, with the remedy where there is one

    def __str__(self) -> str:
        where = f"「{self.column}」" if self.column else ""
        value = f"（{self.value}）" if self.value else ""
        return f"第{self.number}列 {FATES[self.fate]} {where}{value}{self.why}".rstrip()


@dataclass(frozen=True, slots=True)
class Report:
    """The lines of all rows in their order, and what is to be said of the whole file."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    def count(self, fate: Fate) -> int:
        """How many rows become this."""
        return sum(line.fate is fate for line in self.lines)

    @property
    def is_clean(self) -> bool:
        """Whether no row was refused."""
        return not self.count(Fate.REFUSED)

    def total_words(self) -> str:
        """The totals: 共 5 列：新增 3、不變 1、有問題 1."""
        counts = ((FATES[fate], self.count(fate)) for fate in Fate)
        said = "、".join(f"{name} {count}" for name, count in counts if count)
        return f"共 {len(self.lines)} 列" + (f"：{said}" if said else "")


def line(row: Row, fate: Fate, why: str = "", column: tuple[str, str] = ("", "")) -> Line:
    """A line about a row; `column` is the id and the title of the cell that it is about."""
    id_, title = column
    return Line(
        number=row.number,
        fate=fate,
        column=title,
        value=shown(row.get(id_)) if id_ else "",
        why=why,
    )


def shown(value: str) -> str:
    """A cell's text as a report may show it: without secrets, on one line, cut where it is long."""
    if value.startswith(UNCALCULATED):
        return "公式"
    text = mask(" ".join(value.replace(UNREADABLE, "□").split()))
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def report(lines: Iterable[Line], notes: Sequence[str] = ()) -> Report:
    """The lines in the order of their rows."""
    return Report(tuple(sorted(lines, key=lambda one: one.number)), tuple(notes))
