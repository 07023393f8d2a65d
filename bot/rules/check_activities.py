"""An activity plan held against its edition's rules: every finding by cell, clause and cure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from bot.clock import day_words, taipei_day
from bot.model.checks import (
    ActivityRule,
    Advice,
    AtLeastSoMany,
    BothTerms,
    OutsideLecturer,
    WithinPeriod,
)
from bot.model.edition import Edition
from bot.model.entries import PlanDate
from bot.rules.check_activity import Activity, Plan
from bot.rules.check_activity_rows import ROW_RULES
from bot.rules.check_findings import CheckFinding, Law, named_entry, unconfirmed
from bot.rules.check_reading import read_day

TERMS = 2  # of a school year


def check_activities(
    edition: Edition, group: str, rows: Sequence[Activity]
) -> tuple[CheckFinding, ...]:
    """Everything found, in the order of the rules; nothing where the edition has no such check.

    Args:
        group: the value of the check's facet.
    """
    check = edition.checks.activities if edition.checks else None
    if check is None:
        return ()
    law = Law(edition, {check.group: group} if check.group else {})
    within = next((r.within for r in check.rules if isinstance(r, WithinPeriod)), "")
    starts, ends = _period(law, within)
    plan = Plan(law=law, check=check, rows=rows, starts=starts, ends=ends)
    return tuple(f for rule in check.rules for f in _findings(rule, plan))


def _findings(rule: ActivityRule, plan: Plan) -> Iterator[CheckFinding]:
    named = named_entry(rule)
    if plan.law.entry(named) is None:
        yield unconfirmed(named)
        return
    yield from _RULES[type(rule)](rule, plan)


def _so_many(rule: AtLeastSoMany, plan: Plan) -> Iterator[CheckFinding]:
    figure = plan.law.figure(rule.count)
    entry = plan.law.entry(rule.count)
    if figure is None or entry is None:
        return  # it is not asked of this group
    least = int(figure.value.low)
    have = sum(1 for row in plan.rows if not rule.way or rule.way in row.ways)
    named = plan.check.ways[rule.way].title if rule.way else "社群活動"
    said = f"{named}{have}{figure.unit}，至少{least}{figure.unit}"
    if have >= least:
        yield plan.law.right(rule.count, said)
        return
    cure = f"再加{least - have}{figure.unit}{named}。"
    yield plan.law.fault(rule.count, f"{said}，還少{least - have}{figure.unit}。", cure)


def _within(rule: WithinPeriod, plan: Plan) -> Iterator[CheckFinding]:
    if plan.starts is None or plan.ends is None:
        yield unconfirmed(rule.within)
        return
    span = f"{day_words(plan.starts)}至{day_words(plan.ends)}"
    outside = 0
    for row in plan.rows:
        day = read_day(row.day)
        if day and not plan.starts <= day <= plan.ends:
            outside += 1
            what = f"{day_words(day)}不在實施期程（{span}）裡。"
            yield plan.law.fault(rule.within, what, "改成期程裡的日子。", row.cell("day"))
    if not outside and any(read_day(row.day) for row in plan.rows):
        yield plan.law.right(rule.within, f"日期都在{span}")


def _both_terms(rule: BothTerms, plan: Plan) -> Iterator[CheckFinding]:
    terms = [t for t in plan.law.edition.school_terms if not t.to_confirm]
    begin = [t.at.opens for t in terms if t.at and t.at.opens]
    if len(begin) != TERMS:
        yield unconfirmed(rule.both_terms)
        return
    turn = taipei_day(begin[-1])
    days = [day for day in (read_day(row.day) for row in plan.rows) if day]
    first, second = sum(d < turn for d in days), sum(d >= turn for d in days)
    if first and second:
        said = f"上、下學期都有活動（上學期{first}次、下學期{second}次）"
        yield plan.law.right(rule.both_terms, said)
        return
    lacks = "、".join(n for n, has in (("上學期", first), ("下學期", second)) if not has)
    what = f"{lacks}沒有安排活動（以{day_words(turn)}起為下學期）。"
    yield plan.law.fault(rule.both_terms, what, f"在{lacks}至少安排一次活動。")


def _outside(rule: OutsideLecturer, plan: Plan) -> Iterator[CheckFinding]:
    figure = plan.law.figure(rule.outside)
    least = int(figure.value.low) if figure else 1
    kinds = plan.check.lecturers
    have = sum(1 for r in plan.rows if r.lecturer in kinds and kinds[r.lecturer].is_outside)
    if have >= least:
        yield plan.law.right(rule.outside, f"聘請校外講座{have}次，至少{least}次")
        return
    names = "或".join(k.title for k in kinds.values() if k.is_outside)
    what = f"校外講座{have}次，至少要有{least}次。"
    yield plan.law.fault(rule.outside, what, f"把至少{least - have}次的講座改成{names}。")


def _advice(rule: Advice, plan: Plan) -> Iterator[CheckFinding]:
    if rule.given.fits(plan.law.known):
        yield plan.law.remark(rule.advice, plan.law.text(rule.advice))


def _period(law: Law, entry_id: str) -> tuple[date | None, date | None]:
    entry = law.entry(entry_id)
    if not isinstance(entry, PlanDate) or not entry.when:
        return None, None
    spans = entry.when[0].at.spans
    return (spans[0].start.first if spans[0].start else None), spans[-1].end.last


_RULES: Mapping[type, Callable[..., Iterator[CheckFinding]]] = {
    **ROW_RULES,
    AtLeastSoMany: _so_many,
    WithinPeriod: _within,
    BothTerms: _both_terms,
    OutsideLecturer: _outside,
    Advice: _advice,
}
