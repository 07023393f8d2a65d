"""A budget as it was written, and each of its rows read: numbers, sums, unit prices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal

from bot.model.checks import BudgetCheck, BudgetItem, UnitRate
from bot.rules.check_findings import Cell, CheckFinding, Law
from bot.rules.check_reading import UNCALCULATED, read_whole

COLUMNS: Mapping[str, str] = {
    "price": "單價",
    "quantity": "數量",
    "total": "總價",
    "note": "備註",
}
SUM = "sum"  # the row of the sum of all
_WHOLE = "填 0 以上的整數，不加小數。"
_SAVE = "用 Excel 打開這個檔案、存檔後再上傳，或直接填數字。"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One row, as it was written."""

    item: str  # id
    price: str = ""
    quantity: str = ""
    total: str = ""
    note: str = ""
    places: Mapping[str, str] = field(default_factory=dict)  # column → E7, in a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A whole budget, as it was written."""

    lines: Sequence[BudgetLine]
    total: str = ""  # 合計
    total_place: str = ""
    hours: Sequence[tuple[time, time]] = ()  # of the activities that have meals
    added: Sequence[tuple[str, str]] = ()  # rows that the form does not have: name, place
    left_out: Sequence[str] = ()  # ids of items that the sheet does not have


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row as it was read; `sum` counts: what is written, else price times quantity."""

    item: BudgetItem
    written: BudgetLine
    price: int | None
    quantity: int | None
    total: int | None
    unreadable: Mapping[str, str]  # column → what is wrong

    @property
    def sum(self) -> int:
        """What the row adds to the whole."""
        if self.total is not None:
            return self.total
        if "total" in self.unreadable or self.price is None or self.quantity is None:
            return 0
        return self.price * self.quantity

    @property
    def is_used(self) -> bool:
        """Whether money is asked for."""
        return self.sum > 0

    def cell(self, column: str) -> Cell:
        """The cell of one of the columns in COLUMNS."""
        place = self.written.places.get(column, "")
        label = f"{self.item.title}／{COLUMNS[column]}"
        return Cell(
            row=self.item.id, column=column, label=f"{label}（{place}）" if place else label
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the rules look at."""

    law: Law
    check: BudgetCheck
    budget: Budget
    lines: Sequence[Line]

    def of(self, items: Sequence[str]) -> list[Line]:
        """The rows of these items."""
        return [line for line in self.lines if line.item.id in items]

    def sum_of(self, items: Sequence[str]) -> int:
        """What these items come to."""
        return sum(line.sum for line in self.of(items))

    @property
    def sum(self) -> int:
        """What all rows come to."""
        return sum(line.sum for line in self.lines)


def read_lines(check: BudgetCheck, budget: Budget) -> list[Line]:
    """The rows of the form in its order, read; what the budget does not have is blank."""
    written = {line.item: line for line in budget.lines}
    return [_read(item, written.get(item.id, BudgetLine(item=item.id))) for item in check.items]


def number_faults(sheet: Sheet, form: str) -> Iterator[CheckFinding]:
    """Cells that are no numbers, and totals that are not price times quantity."""
    law, faults = sheet.law, 0
    for line in sheet.lines:
        for column, what in line.unreadable.items():
            faults += 1
            cure = _SAVE if getattr(line.written, column) == UNCALCULATED else _WHOLE
            yield law.fault(form, f"{what}。", cure, line.cell(column))
        for finding in _product(law, form, line):
            faults += 1
            yield finding
    if not faults and any(line.is_used for line in sheet.lines):
        yield law.right(form, "各項總價都等於單價×數量")


def sum_faults(sheet: Sheet, form: str) -> Iterator[CheckFinding]:
    """The sum that is written against the sum of the rows."""
    read, place = read_whole(sheet.budget.total), sheet.budget.total_place
    cell = Cell(row=SUM, column="total", label=f"合計（{place}）" if place else "合計")
    if read.fault:
        cure = _SAVE if sheet.budget.total == UNCALCULATED else _WHOLE
        yield sheet.law.fault(form, f"{read.fault}。", cure, cell)
    elif read.number is None:
        yield sheet.law.fault(form, "沒有填合計。", f"合計填 {sheet.sum:,}。", cell)
    elif read.number != sheet.sum:
        what = f"合計寫 {read.number:,} 元，各項相加是 {sheet.sum:,} 元。"
        yield sheet.law.fault(form, what, f"改成 {sheet.sum:,}，或改正各項總價。", cell)
    else:
        yield sheet.law.right(form, f"合計 {sheet.sum:,} 元等於各項相加")


def rate_faults(sheet: Sheet) -> Iterator[CheckFinding]:
    """Unit prices against the rates."""
    for line in sheet.lines:
        rate = rate_of(line)
        if rate is None or not line.is_used or line.price is None:
            continue
        figure = sheet.law.figure(rate.rate, rate.each)
        if figure is None:
            continue
        high, exact = figure.value.high, figure.bound == "exactly"
        if line.price > high or (exact and line.price != high):
            word = "應為" if exact else "最多"
            each = figure.each or f"每{line.item.unit}"
            what = f"單價 {line.price:,} 元，{each}{word} {money(high)}。"
            cure = f"改成 {money(high)}{'' if exact else '以內'}，再重算總價。"
            yield sheet.law.fault(rate.rate, what, cure, line.cell("price"))
        else:
            said = f"{line.item.title}單價 {line.price:,} 元"
            yield sheet.law.right(rate.rate, said)


def rate_of(line: Line) -> UnitRate | None:
    """The rate that is for a row: one whose word it says, else the one for every other row."""
    note = line.written.note
    told = next((r for r in line.item.rates if r.if_said and r.if_said in note), None)
    return told or next((r for r in line.item.rates if not r.if_said), None)


def money(value: Decimal | int) -> str:
    """2,000元; 1,234.5元."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} 元"


def _read(item: BudgetItem, written: BudgetLine) -> Line:
    read = {c: read_whole(getattr(written, c)) for c in ("price", "quantity", "total")}
    return Line(
        item=item,
        written=written,
        price=read["price"].number,
        quantity=read["quantity"].number,
        total=read["total"].number,
        unreadable={column: r.fault for column, r in read.items() if r.fault},
    )


def _product(law: Law, form: str, line: Line) -> Iterator[CheckFinding]:
    if line.unreadable:
        return
    if line.price is None or line.quantity is None:
        if line.total:
            lacks = "單價" if line.price is None else "數量"
            column = "price" if line.price is None else "quantity"
            what = f"有總價，沒有填{lacks}，無法核對。"
            yield law.fault(form, what, f"補上{lacks}。", line.cell(column))
        return
    product = line.price * line.quantity
    if line.total is not None and line.total != product:
        what = f"總價寫 {line.total:,} 元，{line.price:,}×{line.quantity:,}＝{product:,} 元。"
        yield law.fault(form, what, f"改成 {product:,}，或改正單價、數量。", line.cell("total"))
