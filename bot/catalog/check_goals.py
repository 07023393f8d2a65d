"""Goals that could never be reached, or that say otherwise than the amount beside them."""

from collections.abc import Iterator
from decimal import Decimal

from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault
from bot.model.entries import Requirement, Track
from bot.model.goals import Every, Goal
from bot.model.quantity import Quantity

TERM = "學期"  # an amount for each term says so in its `each`


def goal_faults(sheet: Sheet, track: Track, item: Requirement) -> Iterator[Fault]:
    """What is wrong with the goals of one item."""
    for goal in item.goals:
        yield from _names(sheet, item, goal)
        yield from _parts(sheet, item, goal)
    yield from _asked(sheet, track, item)
    yield from _amounts(sheet, item)


def _asked(sheet: Sheet, track: Track, item: Requirement) -> Iterator[Fault]:
    """Facets that goals go by and nobody is asked for; each once."""
    first = {facet: goal for goal in reversed(item.goals) for facet in goal.given}
    for facet, goal in first.items():
        if facet in sheet.edition.facets and facet not in track.asks:
            cure = f"在 track 補上 asks: [{facet}]"
            yield Fault(sheet.line(goal, "if"), f"目標要看「{facet}」，加入時卻沒有問", cure)


def _names(sheet: Sheet, item: Requirement, goal: Goal) -> Iterator[Fault]:
    edition = sheet.edition
    marks = [m.id for m in item.marks]
    if goal.mark and goal.mark not in marks:
        cure = f"可以寫：{'、'.join(marks)}" if marks else "在 marks 補上，或刪掉 mark"
        yield Fault(sheet.line(goal, "mark"), f"marks 沒有「{goal.mark}」", cure)
    dates = [d.id for d in edition.dates]
    if goal.by and goal.by not in dates and goal.by not in sheet.formless:
        cure = f"可以指：{'、'.join(dates)}" if len(dates) <= 8 else "寫 dates 裡的 id"
        yield Fault(sheet.line(goal, "by"), f"沒有「{goal.by}」這個日期（dates）", cure)
    if goal.every is Every.TERM and not edition.school_terms:
        cure = "在檔案補上 school_terms，一學期一項；不分學期就刪掉 every"
        yield Fault(sheet.line(goal, "every"), "目標是每學期的，檔案卻沒有寫學期", cure)


def _parts(sheet: Sheet, item: Requirement, goal: Goal) -> Iterator[Fault]:
    if item.parts and goal.least > len(item.parts):
        what = f"目標是 {goal.least}{goal.unit}，parts 只有 {len(item.parts)} 個"
        yield Fault(sheet.line(goal, "least"), what, "一個 part 只算一次：補上 parts，或改小 least")


def _amounts(sheet: Sheet, item: Requirement) -> Iterator[Fault]:
    """The largest goal of a unit is the whole: it must be what the amounts of that unit say."""
    groups: dict[tuple[str, object, Every], list[Goal]] = {}
    for goal in item.goals:
        case = tuple(sorted((f, tuple(v)) for f, v in goal.given.needs.items()))
        groups.setdefault((goal.unit, case, goal.every), []).append(goal)
    for goals in groups.values():
        largest = max(goals, key=lambda g: g.least)
        stated = [q for q in item.amount if _is_of(q, largest)]
        numbers = [q.value.low for q in stated]
        if not numbers or _agrees(largest, numbers, _is_a_share(item, goals)):
            continue
        said = "、".join(f"{n}" for n in numbers)
        what = f"目標是 {largest.least}{largest.unit}，amount 寫的是 {said}{largest.unit}"
        yield Fault(sheet.line(largest, "least"), what, "兩個照文件改成一樣")


def _agrees(goal: Goal, numbers: list[Decimal], is_a_share: bool) -> bool:
    """Whether it asks for one of the numbers or their sum; a share of it may ask for less."""
    total = sum(numbers, Decimal(0))
    return goal.least in (*numbers, total) or (is_a_share and goal.least < max(numbers))


def _is_a_share(item: Requirement, goals: list[Goal]) -> bool:
    """Whether these are only about a part of what others of the item ask for in whole."""
    others = [g for g in item.goals if g not in goals and g.unit == goals[0].unit]
    return all(g.mark or g.by for g in goals) and any(not (g.mark or g.by) for g in others)


def _is_of(quantity: Quantity, goal: Goal) -> bool:
    is_by_term = TERM in quantity.each
    return (
        quantity.bound in ("exactly", "least")
        and quantity.unit == goal.unit
        and not quantity.per
        and quantity.given.fits({f: v[0] for f, v in goal.given.needs.items()})
        and is_by_term is (goal.every is Every.TERM)
    )
