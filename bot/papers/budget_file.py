"""A filled-in budget sheet as a `Budget`: rows and columns found by their words."""

from collections.abc import Sequence
from datetime import time

from bot.model.checks import BudgetCheck, BudgetItem
from bot.papers.headings import Table, find_table, squeezed
from bot.papers.opened import open_grids, place
from bot.rules.check_budget_lines import Budget, BudgetLine

_WORDS = {
    "head": ("項目", "經費項目"),
    "unit": ("單位",),
    "price": ("單價",),
    "quantity": ("數量",),
    "total": ("總價", "小計", "金額", "複價"),
    "note": ("備註", "說明"),
}
_MUSTS = ("head", "price", "quantity", "total")
_NUMBERS = ("price", "quantity", "total")
_SUM, _AFTER = "合計", ("總計", "註:", "註1", "承辦人")


def read_budget(
    content: bytes, check: BudgetCheck, hours: Sequence[tuple[time, time]] = ()
) -> Budget:
    """The budget that a file holds.

    Args:
        hours: of the activities that have meals, where they were told beside the file.

    Raises:
        AskAgain: the file cannot be read, or holds no such table.
    """
    table = find_table(open_grids(content), _WORDS, _MUSTS)
    lines: dict[str, BudgetLine] = {}
    added: list[tuple[str, str]] = []
    total = total_place = ""
    for row in range(table.first, len(table.grid.rows) + 1):
        said = squeezed("".join(table.grid.rows[row - 1][:2]))
        if said.startswith(_AFTER):
            break
        if _SUM in said:
            total, at = table.text(row, "total"), table.columns["total"]
            total_place = place(row, at)
            continue
        if not _is_filled(table, row):
            continue
        item = _item_of(table, row, check.items, lines)
        if item:
            lines[item.id] = _line(table, row, item)
        else:
            name = table.text(row, "head")[:20] or "沒有名稱的項目"
            added.append((name, place(row, table.columns["head"])))
    return Budget(
        lines=tuple(lines.values()),
        total=total,
        total_place=total_place,
        hours=tuple(hours),
        added=tuple(added),
        left_out=tuple(item.id for item in check.items if item.id not in lines),
    )


def _is_filled(table: Table, row: int) -> bool:
    return any(table.text(row, c) for c in ("head", "price", "quantity", "total"))


def _item_of(
    table: Table, row: int, items: Sequence[BudgetItem], taken: dict[str, BudgetLine]
) -> BudgetItem | None:
    """Whose row it is: by the words of its head, then by what tells its rows apart, in order."""
    head = squeezed(table.text(row, "head"))
    said = squeezed("".join(table.text(row, c) for c in ("head", "unit", "note")))
    same = [i for i in items if squeezed(i.head) in head and i.id not in taken]
    told = [i for i in same if any(squeezed(word) in said for word in i.tells)]
    return next(iter(told or same), None)


def _line(table: Table, row: int, item: BudgetItem) -> BudgetLine:
    return BudgetLine(
        item=item.id,
        price=table.text(row, "price"),
        quantity=table.text(row, "quantity"),
        total=table.text(row, "total"),
        note=table.text(row, "note"),
        places={c: place(row, table.columns[c]) for c in (*_NUMBERS, "note") if c in table.columns},
    )
