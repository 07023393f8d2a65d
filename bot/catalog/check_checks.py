"""The checks of an edition: every rule must name an entry that can be held against."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault
from bot.model.checks import (
    ActivityCheck,
    Advice,
    AtLeastSoMany,
    BothTerms,
    BudgetCheck,
    BudgetItem,
    Cap,
    HeadLimit,
    OutsideFee,
    OutsideLecturer,
    Reaches,
    ShareLimit,
    TogetherLimit,
    WithinPeriod,
)
from bot.model.entries import Amount, Deliverable, Entry, Form, PlanDate, Requirement

_HOURS = re.compile(r"\d{1,2}[:：]\d{2}")
_COUNTED = (Amount, Requirement, Deliverable)
# What the first key of a rule must name; every other rule may name any entry.
_KINDS: dict[type, tuple[tuple[type[Entry], ...], str]] = {
    AtLeastSoMany: (_COUNTED, "有數量的項目"),
    OutsideLecturer: (_COUNTED, "有數量的項目"),
    OutsideFee: (_COUNTED, "有數量的項目"),
    WithinPeriod: ((PlanDate,), "日期（dates）"),
    Cap: ((Amount,), "數量（amounts）"),
    ShareLimit: ((Amount,), "數量（amounts）"),
    HeadLimit: ((Amount,), "數量（amounts）"),
    TogetherLimit: ((Amount,), "數量（amounts）"),
}


def check_faults(sheet: Sheet) -> Iterator[Fault]:
    """Every name in the checks that names nothing, or something of the wrong kind."""
    checks = sheet.edition.checks
    if checks is None:
        return
    if checks.activities:
        yield from _common(sheet, checks.activities)
        yield from _activities(sheet, checks.activities)
    if checks.budget:
        yield from _common(sheet, checks.budget)
        yield from _budget(sheet, checks.budget)
    for estimate in checks.estimates:
        for at, name in enumerate(estimate.amounts):
            line = sheet.line(estimate, "amounts", at)
            yield from _entry(sheet, line, name, ((Amount,), "數量（amounts）"))


def _common(sheet: Sheet, check: ActivityCheck | BudgetCheck) -> Iterator[Fault]:
    if check.group:
        line = sheet.line(check, "group")
        yield from _known(sheet, line, (check.group,), (sheet.edition.facets, "面向（facets）"))
    if check.form:
        yield from _entry(sheet, sheet.line(check, "form"), check.form, ((Form,), "表單（forms）"))
    for rule in check.rules:
        key = fields(rule)[0].name
        line = sheet.line(rule, key)
        wanted = _KINDS.get(type(rule), ((Entry,), "項目"))
        yield from _entry(sheet, line, getattr(rule, key), wanted)


def _activities(sheet: Sheet, check: ActivityCheck) -> Iterator[Fault]:
    for rule in check.rules:
        way = getattr(rule, "way", "")
        if way:
            line = sheet.line(rule, "way")
            yield from _known(sheet, line, (way,), (check.ways, "實施方式（ways）"))
        if isinstance(rule, Advice) and rule.items:
            yield Fault(sheet.line(rule, "items"), "活動計畫沒有經費項目", "刪掉 items")
        if isinstance(rule, BothTerms) and sum(bool(t.at) for t in sheet.edition.school_terms) != 2:
            what = "both_terms 要知道兩個學期各從哪天起"
            yield Fault(
                sheet.line(rule, "both_terms"), what, "在 school_terms 寫兩個學期，都要有 at"
            )


def _budget(sheet: Sheet, check: BudgetCheck) -> Iterator[Fault]:
    items = [item.id for item in check.items]
    if not check.form:
        yield Fault(sheet.line(check), "經費表沒有 form", "補上 form: 寫經費的那張表的 id")
    yield from _items(sheet, check.items)
    for rule in check.rules:
        for key in ("items", "without", "maybe"):
            named = getattr(rule, key, ())
            yield from _known(sheet, sheet.line(rule, key), named, (items, "經費項目（items）"))
        if isinstance(rule, TogetherLimit):
            yield from _each(sheet, rule, rule.together)
        if isinstance(rule, Reaches):
            yield from _hours(sheet, rule)


def _items(sheet: Sheet, items: tuple[BudgetItem, ...]) -> Iterator[Fault]:
    for at, item in enumerate(items):
        if item.id in [before.id for before in items[:at]]:
            yield Fault(sheet.line(item, "id"), f"項目 id「{item.id}」用了兩次", "換一個")
        for rate in item.rates:
            line = sheet.line(rate, "rate")
            yield from _entry(sheet, line, rate.rate, ((Amount,), "數量（amounts）"))
            yield from _each(sheet, rate, rate.rate)


def _each(sheet: Sheet, noun: Any, amount_id: str) -> Iterator[Fault]:
    amount = next((a for a in sheet.edition.amounts if a.id == amount_id), None)
    if amount and noun.each and noun.each not in [q.each for q in amount.amount]:
        what = f"「{amount_id}」沒有 each 是「{noun.each}」的數量"
        yield Fault(
            sheet.line(noun, "each"), what, _near(noun.each, [q.each for q in amount.amount])
        )


def _hours(sheet: Sheet, rule: Reaches) -> Iterator[Fault]:
    entry = sheet.edition.by_id.get(rule.reaches)
    if entry and not _HOURS.search(entry.text):
        what = f"「{rule.reaches}」的 text 沒有寫出時刻"
        yield Fault(sheet.line(rule, "reaches"), what, "在那一項的 text 寫出 12:30 這樣的時刻")


def _entry(
    sheet: Sheet, line: int, name: str, wanted: tuple[tuple[type[Entry], ...], str]
) -> Iterator[Fault]:
    kinds, title = wanted
    known = [e.id for e in sheet.edition.entries() if isinstance(e, kinds)]
    if name not in known and name not in sheet.formless:
        yield Fault(line, f"checks 指的「{name}」不是{title}", _near(name, known))


def _known(
    sheet: Sheet, line: int, names: Iterable[str], wanted: tuple[Iterable[str], str]
) -> Iterator[Fault]:
    known, title = list(wanted[0]), wanted[1]
    for name in names:
        if name not in known and name not in sheet.formless:
            yield Fault(line, f"沒有「{name}」這個{title}", _near(name, known))


def _near(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=3) or (known if len(known) <= 8 else [])
    return f"可以指：{'、'.join(filter(None, near))}" if near else "寫出那一項，或改指已有的"
