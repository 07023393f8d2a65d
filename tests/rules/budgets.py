"""Budgets that tests hold against the real plan: right but for what each test changes."""

from datetime import time

from bot.model.edition import Edition
from bot.rules.check_budget import check_budget
from bot.rules.check_budget_lines import Budget, BudgetLine
from bot.rules.check_findings import CheckFinding, Weight
from tests.understand.plans import real_library

NOON = ((time(10), time(12, 30)),)
UNUSED = ("fee-in", "transport", "print", "meal-box", "meal-tea", "data", "material", "misc")


def edition() -> Edition:
    return next(e for e in real_library().editions if e.checks and e.checks.budget)


def line(
    item: str, price: object, quantity: object, note: str = "", total: object = None
) -> BudgetLine:
    if total is None:
        total = int(str(price)) * int(str(quantity))
    return BudgetLine(
        item=item, price=str(price), quantity=str(quantity), total=str(total), note=note
    )


def budget(*own: BudgetLine, total: str | None = None, **more: object) -> Budget:
    """These rows, one fee for somebody from outside unless there is one, and 0 for all else."""
    lines = {name: BudgetLine(item=name, total="0") for name in UNUSED}
    lines["fee-out"] = line("fee-out", 2000, 1)
    lines |= {row.item: row for row in own}
    whole = sum(int(row.total) for row in lines.values() if row.total.isdigit())
    return Budget(lines=tuple(lines.values()), total=str(whole) if total is None else total, **more)  # type: ignore[arg-type]


def found(sheet: Budget, group: str = "B") -> tuple[CheckFinding, ...]:
    return check_budget(edition(), group, sheet)


def faults(sheet: Budget, group: str = "B") -> list[tuple[str, str]]:
    """Cell and clause of everything that is wrong."""
    wrong = [f for f in found(sheet, group) if f.weight is Weight.FAULT]
    return [(f.cell.label if f.cell else "", f.clause) for f in wrong]


def remarks(sheet: Budget, group: str = "B") -> str:
    return " ".join(f.what for f in found(sheet, group) if f.weight is Weight.REMARK)


def of_10000(item: str, share: int, **more: object) -> Budget:
    """A budget of 10,000 元 of which `share` is for one item; the rest are fees."""
    rest = (10000 - share) // 2000 * 2000
    ride = 10000 - share - rest
    rows = [line("fee-out", 2000, rest // 2000), line("transport", ride, 1)]
    return budget(
        *rows, line(item, *more.pop("as_", (share, 1)), str(more.pop("note", ""))), **more
    )  # type: ignore[misc]
