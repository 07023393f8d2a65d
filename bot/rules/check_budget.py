"""A budget held against its edition's rules: every finding by cell, clause and cure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import time
from decimal import Decimal

from bot.model.checks import (
    Advice,
    BudgetRule,
    Cap,
    FixedItems,
    HeadLimit,
    NeverSaid,
    OutsideFee,
    Reaches,
    ShareLimit,
    TogetherLimit,
)
from bot.model.edition import Edition
from bot.rules.check_budget_lines import (
    SUM,
    Budget,
    Line,
    Sheet,
    money,
    number_faults,
    rate_faults,
    read_lines,
    sum_faults,
)
from bot.rules.check_findings import Cell, CheckFinding, Law, named_entry, unconfirmed
from bot.rules.check_reading import read_heads, read_hours, read_spans


def check_budget(edition: Edition, group: str, budget: Budget) -> tuple[CheckFinding, ...]:
    """Everything found: numbers, sums and unit prices first, then the rules in their order.

    Args:
        group: the value of the check's facet.
    """
    check = edition.checks.budget if edition.checks else None
    if check is None:
        return ()
    law = Law(edition, {check.group: group} if check.group else {})
    sheet = Sheet(law=law, check=check, budget=budget, lines=read_lines(check, budget))
    found = [*number_faults(sheet, check.form), *sum_faults(sheet, check.form)]
    found += rate_faults(sheet)
    for rule in check.rules:
        found += _findings(rule, sheet)
    return tuple(found)


def _findings(rule: BudgetRule, sheet: Sheet) -> Iterator[CheckFinding]:
    named = named_entry(rule)
    if sheet.law.entry(named) is None:
        yield unconfirmed(named)
        return
    yield from _RULES[type(rule)](rule, sheet)


def _cap(rule: Cap, sheet: Sheet) -> Iterator[CheckFinding]:
    figure = sheet.law.figure(rule.cap)
    if figure is None:
        yield unconfirmed(rule.cap)
        return
    high = figure.value.high
    said = f"合計 {sheet.sum:,} 元，上限 {money(high)}"
    if sheet.sum <= high:
        yield sheet.law.right(rule.cap, said)
        return
    cell = Cell(row=SUM, column="total", label="合計")
    yield sheet.law.fault(rule.cap, f"{said}。", f"刪減 {money(sheet.sum - high)}。", cell)


def _share(rule: ShareLimit, sheet: Sheet) -> Iterator[CheckFinding]:
    figure = sheet.law.figure(rule.share)
    if figure is None:
        yield unconfirmed(rule.share)
        return
    base = sheet.sum - sheet.sum_of(rule.without)
    limit = figure.value.high * base / 100
    have, rows = sheet.sum_of(rule.items), sheet.of(rule.items)
    if not have:
        return
    percent = f"{figure.value.high.normalize():f}%"
    title = "＋".join(line.item.title for line in rows if line.is_used)
    said = f"{title} {have:,} 元，上限是{figure.of}（{base:,} 元）的{percent}＝{money(limit)}"
    if have <= limit:
        yield sheet.law.right(rule.share, said)
        return
    cell = next(line for line in rows if line.is_used).cell("total")
    cure = f"其他項目不變時，最多 {money(_most(rule, figure.value.high, base, have))}。"
    yield sheet.law.fault(rule.share, f"{said}。", cure, cell)


def _most(rule: ShareLimit, percent: Decimal, base: int, have: int) -> int:
    """The most that the items may be while all others stay: less of them is less of the total."""
    if set(rule.items) <= set(rule.without):
        return int(percent * base / 100)
    return int(percent * (base - have) / (100 - percent)) if percent < 100 else base


def _head(rule: HeadLimit, sheet: Sheet) -> Iterator[CheckFinding]:
    figure = sheet.law.figure(rule.head)
    if figure is None:
        yield unconfirmed(rule.head)
        return
    for line in sheet.of(rule.items):
        if not line.is_used:
            continue
        heads = read_heads(line.written.note)
        if heads is None:
            hint = line.item.hint or "20人*3場"
            yield sheet.law.remark(
                rule.head,
                "備註沒有寫人數和場次，只能看單價。",
                f"寫成「{hint}」。",
                line.cell("note"),
            )
            have, limit, said = Decimal(line.price or 0), figure.value.high, "單價"
        else:
            have, limit = Decimal(line.sum), figure.value.high * heads[0] * heads[1]
            said = f"{heads[0]}人×{heads[1]}場"
        if have > limit:
            what = f"{said} {money(have)}，{figure.each}最多 {money(figure.value.high)}。"
            cure = f"減到 {money(limit)}以內。"
            yield sheet.law.fault(rule.head, what, cure, line.cell("total" if heads else "price"))
        else:
            yield sheet.law.right(rule.head, f"{line.item.title}{said} {money(have)}")


def _together(rule: TogetherLimit, sheet: Sheet) -> Iterator[CheckFinding]:
    figure = sheet.law.figure(rule.together, rule.each)
    rows = [line for line in sheet.of(rule.items) if line.is_used and line.price]
    if figure is None or len(rows) < 2:
        return
    have = sum(line.price or 0 for line in rows)
    names = "＋".join(line.item.title for line in rows)
    said = f"{names}單價合計 {have:,} 元，{figure.each}最多 {money(figure.value.high)}"
    if have <= figure.value.high:
        yield sheet.law.right(rule.together, said)
    elif len({line.quantity for line in rows}) == 1:
        cure = f"同一場合計調到 {money(figure.value.high)}以內。"
        yield sheet.law.fault(rule.together, f"{said}。", cure, rows[-1].cell("price"))
    else:
        cure = "若同一人同一場兩樣都有，請調到上限以內；不同場次請在備註分開寫。"
        yield sheet.law.remark(rule.together, f"{said}。", cure, rows[-1].cell("price"))


def _reaches(rule: Reaches, sheet: Sheet) -> Iterator[CheckFinding]:
    rows = [line for line in sheet.of(rule.items) if line.is_used]
    marks = read_hours(sheet.law.text(rule.reaches))
    if not rows or not marks:
        return
    spans = list(sheet.budget.hours)
    spans += [span for line in rows for span in read_spans(line.written.note)]
    named = "或".join(f"{mark:%H:%M}" for mark in marks)
    cell = rows[0].cell("note")
    if not spans:
        what = f"編了{rows[0].item.title}，還不知道活動時間有沒有到 {named}（含）。"
        yield sheet.law.remark(rule.reaches, what, "填上有用餐的活動時間，就能檢查。", cell)
        return
    for start, end in spans:
        yield _reached((start, end), marks, named, (rule, sheet, cell))


def _reached(
    span: tuple[time, time],
    marks: list[time],
    named: str,
    place: tuple[Reaches, Sheet, Cell],
) -> CheckFinding:
    rule, sheet, cell = place
    said = f"活動 {span[0]:%H:%M}–{span[1]:%H:%M}"
    if any(span[0] <= mark <= span[1] for mark in marks):
        return sheet.law.right(rule.reaches, f"{said}，有到 {named}（含）")
    if span[1] < min(marks):
        what = f"{said} 沒有到 {named}（含），不能編膳費。"
        return sheet.law.fault(rule.reaches, what, "這一場的膳費改成 0，或調整活動時間。", cell)
    what = f"{said} 沒有跨過 {named}；計畫沒有說明這樣能不能編膳費。"
    return sheet.law.remark(rule.reaches, what, "編列前請先問承辦單位。", cell)


def _outside_fee(rule: OutsideFee, sheet: Sheet) -> Iterator[CheckFinding]:
    figure = sheet.law.figure(rule.outside_fee)
    if figure is None:
        yield unconfirmed(rule.outside_fee)
        return
    least = int(figure.value.low)
    sure = [line for line in sheet.of(rule.items) if line.is_used]
    maybe = [line for line in sheet.of(rule.maybe) if line.is_used]
    sure += [line for line in maybe if _says(line, rule.if_said)]
    if sure:
        said = f"{sure[0].item.title}有編列，校外講座至少{least}次"
        yield sheet.law.right(rule.outside_fee, said)
        return
    word = "、".join(rule.if_said)
    open_ones = [line for line in maybe if not _says(line, rule.unless_said)]
    if open_ones:
        what = f"{open_ones[0].item.title}的備註看不出有沒有{word}的講座。"
        cure = f"至少要有{least}次聘校外講座：備註請註明「{word}」，或編列外聘。"
        yield sheet.law.remark(rule.outside_fee, what, cure, open_ones[0].cell("note"))
        return
    row = next(iter(sheet.of(rule.items)))
    what = f"講座鐘點費沒有用於聘請校外講座，至少要有{least}次。"
    cure = f"編列{row.item.title}，或在內聘的備註註明「{word}」。"
    yield sheet.law.fault(rule.outside_fee, what, cure, row.cell("total"))


def _says(line: Line, words: tuple[str, ...]) -> bool:
    return any(word in line.written.note for word in words)


def _fixed(rule: FixedItems, sheet: Sheet) -> Iterator[CheckFinding]:
    law, faults = sheet.law, 0
    titles = {item.id: item.title for item in sheet.check.items}
    for name, place in sheet.budget.added:
        faults += 1
        cell = Cell(row="", column="", label=f"「{name}」（{place}）")
        yield law.fault(rule.fixed, f"多了表上沒有的項目「{name}」。", "刪掉這一列。", cell)
    for item in sheet.budget.left_out:
        faults += 1
        what = f"少了「{titles[item]}」這一列。"
        yield law.fault(rule.fixed, what, "補回這一列，沒有申請就填 0。")
    for line in sheet.lines:
        if line.item.id in sheet.budget.left_out or line.written.total.strip():
            continue
        faults += 1
        if line.price and line.quantity:
            cure = f"總價填 {line.price * line.quantity:,}。"
        else:
            cure = "沒有申請的項目，總價填 0。"
        yield law.fault(rule.fixed, "總價空白。", cure, line.cell("total"))
    if not faults:
        yield law.right(rule.fixed, "項目沒有增刪，沒用到的都填 0")


def _never_said(rule: NeverSaid, sheet: Sheet) -> Iterator[CheckFinding]:
    for line in sheet.of(rule.items):
        for word in rule.words:
            if word in line.written.note:
                cure = "填預定人選；還沒想好就只註明外聘或內聘。"
                what = f"備註不可以寫「{word}」。"
                yield sheet.law.fault(rule.never_said, what, cure, line.cell("note"))


def _advice(rule: Advice, sheet: Sheet) -> Iterator[CheckFinding]:
    wanted = not rule.items or sheet.sum_of(rule.items) > 0
    if wanted and rule.given.fits(sheet.law.known):
        yield sheet.law.remark(rule.advice, sheet.law.text(rule.advice))


_RULES: Mapping[type, Callable[..., Iterator[CheckFinding]]] = {
    Cap: _cap,
    ShareLimit: _share,
    HeadLimit: _head,
    TogetherLimit: _together,
    Reaches: _reaches,
    OutsideFee: _outside_fee,
    FixedItems: _fixed,
    NeverSaid: _never_said,
    Advice: _advice,
}
