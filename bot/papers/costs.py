"""A budget as a table that works itself out: products, the sum, a check of each share beside it.

The figures of the checks are the edition's own amounts; only numbers and our own words get into a
formula.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.model.entries import Amount
from bot.model.form_layout import Costs
from bot.papers.filled import Cell, Check, Formula, Table

HEADS = ("項次", "項目", "單位", "單價", "數量", "總價", "備註")
WIDTHS = (5, 13, 7, 9, 8, 11, 35)
PRICE, QUANTITY, TOTAL = 3, 4, 5
ENTERED = len(HEADS) + 1  # the second column beside the table
_DIGITS = "零壹貳參肆伍陸柒捌玖"
_PLACES = ((10000, "萬"), (1000, "仟"), (100, "佰"), (10, "拾"), (1, "元整"))


def cost_table(costs: Costs, amounts: Mapping[str, Amount], group: str) -> Table:
    """The table; `amounts` are the edition's by id, `group` is known or empty."""
    items = _items(costs)
    last = len(costs.costs) + 1  # the row of the sum
    rows = [
        tuple(Cell(text=head, is_label=True, is_centred=True) for head in HEADS),
        *_rows(costs, items),
        _sum_row(last),
        (Cell(text="總計", is_label=True, span=2), Cell(span=5, formula=_in_words(last))),
    ]
    checks = [Check(row=0, cell=Cell(text="試算檢核（不列印）", is_label=True))]
    checks += _share_checks(costs, items, amounts, last)
    checks += _cap_checks(costs, amounts, group, last)
    return Table(rows=tuple(rows), widths=WIDTHS, checks=tuple(checks))


def _items(costs: Costs) -> list[list[int]]:
    """The rows of each item, in order: lines of one title belong together."""
    found: list[list[int]] = []
    for at, line in enumerate(costs.costs):
        if at and costs.costs[at - 1].title == line.title:
            found[-1].append(at + 1)
        else:
            found.append([at + 1])
    return found


def _rows(costs: Costs, items: list[list[int]]) -> Iterator[tuple[Cell, ...]]:
    for number, rows in enumerate(items, start=1):
        for row in rows:
            line = costs.costs[row - 1]
            own = (
                Cell(text=str(number), is_centred=True, down=len(rows)),
                Cell(text=line.title, down=len(rows)),
            )
            product = f'IF(OR({{{row},3}}="",{{{row},4}}=""),0,{{{row},3}}*{{{row},4}})'
            yield (
                *(own if row == rows[0] else ()),
                Cell(text=line.unit, is_centred=True),
                Cell(number=line.price),
                Cell(number=line.quantity),
                Cell(formula=Formula(text=product)),
                Cell(text="\n".join(line.note), is_small=True),
            )


def _sum_row(last: int) -> tuple[Cell, ...]:
    total = Formula(text=f"SUM({{1,{TOTAL}}}:{{{last - 1},{TOTAL}}})")
    return (Cell(text="合計", is_label=True, span=5), Cell(formula=total), Cell())


def _in_words(last: int) -> Formula:
    """The sum as 新台幣…萬…仟…佰…拾…元整; blank places while it is zero."""
    total = f"{{{last},{TOTAL}}}"
    said, empty = '"新台幣"', "新台幣"
    for size, name in _PLACES:
        digit = f"MOD(INT({total}/{size}),10)+1"
        said += f'&MID("{_DIGITS}",{digit},1)&"{name}"'
        empty += f"　　{name}"
    return Formula(text=f'IF(OR({total}<=0,{total}>99999),"{empty}",{said})')


def _share_checks(
    costs: Costs, items: list[list[int]], amounts: Mapping[str, Amount], last: int
) -> Iterator[Check]:
    for rows in items:
        line = costs.costs[rows[0] - 1]
        share = _percent(amounts.get(line.share))
        if share is None:
            continue
        own = f"SUM({{{rows[0]},{TOTAL}}}:{{{rows[-1]},{TOTAL}}})"
        total = f"{{{last},{TOTAL}}}"
        base = f"({total}-{own})" if line.is_of_rest else total
        of = "其他項目合計" if line.is_of_rest else "合計"
        said = f'IF({own}*100>{base}*{share},"超過{of}的{share}%","未超過{of}的{share}%")'
        yield Check(
            row=rows[0], cell=Cell(formula=Formula(text=f'IF({total}=0,"",{said})'), is_small=True)
        )


def _percent(amount: Amount | None) -> Decimal | None:
    most = amount.amount[0].most if amount else None
    return most.high if most and most.is_share else None


def _cap_checks(
    costs: Costs, amounts: Mapping[str, Amount], group: str, last: int
) -> Iterator[Check]:
    """Where the cap differs by group, the group is entered beside the last row."""
    amount = amounts.get(costs.cap)
    caps = {
        value: quantity.most.high
        for quantity in (amount.amount if amount else ())
        for values in quantity.given.needs.values()
        for value in values
        if quantity.most and value.isascii() and value.isalnum()
    }
    if not caps:
        return
    total, entered = f"{{{last},{TOTAL}}}", f"{{{last + 1},{ENTERED}}}"
    said = '"請在下面填組別"'
    for value, cap in caps.items():
        told = f'IF({total}>{cap},"超過上限{cap}元","未超過上限{cap}元")'
        said = f'IF({entered}="{value}",{told},{said})'
    yield Check(
        row=last, cell=Cell(formula=Formula(text=f'IF({total}=0,"",{said})'), is_small=True)
    )
    label = f"組別（{'或'.join(caps)}）→"
    yield Check(row=last + 1, cell=Cell(text=label, is_label=True))
    yield Check(
        row=last + 1,
        cell=Cell(text=group if group in caps else "", is_centred=True),
        column=1,
        choices=tuple(caps),
    )
