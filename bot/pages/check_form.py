"""What was typed into the pages of the checks, read and kept as it was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from bot.model.checks import ActivityCheck, BudgetCheck
from bot.model.edition import Edition
from bot.rules.check_activity import Activity
from bot.rules.check_budget_lines import Budget, BudgetLine
from bot.rules.check_findings import CheckFinding, Weight
from bot.rules.check_reading import read_spans

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 6, 2, 40
LONGEST = 300  # characters of one cell
HOURS_FAULT = "看不懂這個時間，請寫成 10:00-12:30；好幾場用「、」分開。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was found, by weight."""

    faults: Sequence[CheckFinding]
    remarks: Sequence[CheckFinding]
    rights: Sequence[CheckFinding]

    @property
    def marked(self) -> set[tuple[str, str]]:
        """Row and column of every cell that is at fault."""
        return {(f.cell.row, f.cell.column) for f in self.faults if f.cell}


def result_of(findings: Sequence[CheckFinding]) -> Result:
    """The findings, parted."""
    by = {weight: [f for f in findings if f.weight is weight] for weight in Weight}
    return Result(faults=by[Weight.FAULT], remarks=by[Weight.REMARK], rights=by[Weight.RIGHT])


def group_of(edition: Edition, facet: str, typed: str) -> str:
    """The group that was chosen; empty where none of the plan's was."""
    known = edition.facets[facet].values if facet in edition.facets else {}
    return typed if typed in known else ""


def typed_rows(typed: MultiDict[str, str], check: ActivityCheck) -> list[Activity]:
    """The rows of the activity form, blank ones among them, in their order."""
    count = typed.get("rows", FIRST_ROWS, type=int)
    rows = []
    for number in range(1, min(max(count, 1), MOST_ROWS) + 1):
        lecturer = typed.get(f"lecturer-{number}", "")
        rows.append(
            Activity(
                number=number,
                day=_cell(typed, f"day-{number}"),
                hours=_cell(typed, f"hours-{number}"),
                content=_cell(typed, f"content-{number}"),
                ways=tuple(w for w in typed.getlist(f"ways-{number}") if w in check.ways),
                lecturer=lecturer if lecturer in check.lecturers else "",
                name=_cell(typed, f"name-{number}"),
                note=_cell(typed, f"note-{number}"),
            )
        )
    return rows


def is_blank(row: Activity) -> bool:
    """Whether nothing was written in a row."""
    return not (row.day or row.hours or row.content or row.ways or row.name or row.note)


def typed_budget(typed: MultiDict[str, str], check: BudgetCheck) -> Budget:
    """The budget form."""
    lines = [
        BudgetLine(
            item=item.id,
            price=_cell(typed, f"price-{item.id}"),
            quantity=_cell(typed, f"quantity-{item.id}"),
            total=_cell(typed, f"total-{item.id}"),
            note=_cell(typed, f"note-{item.id}"),
        )
        for item in check.items
    ]
    return Budget(
        lines=lines,
        total=_cell(typed, "total-sum"),
        hours=read_spans(_cell(typed, "hours")),
    )


def hours_fault(text: str) -> str:
    """What is wrong with the hours of activities; empty for none and for a blank."""
    return HOURS_FAULT if text.strip() and not read_spans(text) else ""


def _cell(typed: MultiDict[str, str], name: str) -> str:
    return "".join(c for c in typed.get(name, "") if c == "\n" or c.isprintable()).strip()[:LONGEST]
