"""An activity plan as it was written, and what its rules look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.model.checks import ActivityCheck
from bot.rules.check_findings import Cell, Law

COLUMNS: Mapping[str, str] = {
    "day": "日期",
    "hours": "時間",
    "content": "實施內容",
    "ways": "實施方式",
    "lecturer": "講座種類",
    "name": "主持人或講座",
    "note": "備註",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One row of the plan, as it was written."""

    number: int  # 次
    day: str = ""
    hours: str = ""
    content: str = ""
    ways: tuple[str, ...] = ()  # ids
    lecturer: str = ""  # id of a kind; empty: nobody is invited
    name: str = ""
    note: str = ""
    row: int = 0  # where it stands, where that is another number than the one written
    places: Mapping[str, str] = field(default_factory=dict)  # column → B7, in a file

    def cell(self, column: str) -> Cell:
        """The cell of one of the columns in COLUMNS."""
        label = f"第{self.number}次／{COLUMNS[column]}"
        place = self.places.get(column, "")
        return Cell(
            row=str(self.row or self.number),
            column=column,
            label=f"{label}（{place}）" if place else label,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the rules look at."""

    law: Law
    check: ActivityCheck
    rows: Sequence[Activity]
    starts: date | None  # of the period
    ends: date | None
