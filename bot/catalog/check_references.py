"""Names in an edition that must name something: entries, facets, permissions."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.catalog.sheet import Sheet
from bot.catalog.walk import parts
from bot.catalog.yaml_lines import Fault
from bot.model.entries import (
    Amount,
    Conflict,
    Contact,
    Deliverable,
    Eligibility,
    Entry,
    Form,
    Permission,
    PlanDate,
    Requirement,
    Role,
    RoleMatrix,
    Track,
    Unsaid,
)
from bot.model.facet import Given
from bot.model.quantity import Quantity

_NUMBERS = re.compile(r"\d+(\.\d+)?|\d+\.\.\d*|\.\.\d+")
# What an id must name, by the key it stands under; None: any entry.
_SECTIONS: dict[str, tuple[type[Entry] | None, str]] = {
    "see": (None, "項目"),
    "between": (None, "項目"),
    "due": (PlanDate, "日期（dates）"),
    "form": (Form, "表單（forms）"),
    "ask": (Contact, "聯絡窗口（contacts）"),
    "then": (Amount, "數量（amounts）"),
    "next": (PlanDate, "日期（dates）"),
    "track": (Track, "要完成的事（tracks）"),
    "forms": (Form, "表單（forms）"),
}


def reference_faults(sheet: Sheet) -> Iterator[Fault]:
    """Every name that names nothing, or something of the wrong kind."""
    about = sheet.edition.about
    if about.ask:
        yield from _named(sheet, about, "ask", (about.ask,))
    for entry in sheet.edition.entries():
        yield from _entry_faults(sheet, entry)
        for part in parts(entry):
            yield from _part_faults(sheet, part)


def _entry_faults(sheet: Sheet, entry: Entry) -> Iterator[Fault]:
    yield from _named(sheet, entry, "see", entry.see)
    match entry:
        case PlanDate():
            yield from _before(sheet, entry)
        case Requirement():
            yield from _named(sheet, entry, "due", entry.due)
        case Deliverable():
            yield from _named(sheet, entry, "due", entry.due)
            yield from _named(sheet, entry, "form", (entry.form,) if entry.form else ())
        case Conflict():
            yield from _named(sheet, entry, "between", entry.between)
        case Unsaid():
            yield from _named(sheet, entry, "ask", (entry.ask,) if entry.ask else ())
        case RoleMatrix():
            yield from _permissions(sheet, entry)
        case Eligibility():
            yield from _after_the_verdict(sheet, entry)


def _after_the_verdict(sheet: Sheet, entry: Eligibility) -> Iterator[Fault]:
    for key in ("then", "next", "forms"):
        yield from _named(sheet, entry, key, getattr(entry, key))
    yield from _named(sheet, entry, "track", (entry.track,) if entry.track else ())
    facets = sheet.edition.facets
    for fact in entry.facts:
        if not fact.facet:
            continue
        line = sheet.line(fact, "facet")
        if fact.facet not in facets:
            if fact.facet not in sheet.formless:
                yield Fault(
                    line, f"facets 沒有「{fact.facet}」", _nearest(fact.facet, list(facets))
                )
        elif fact.unit != facets[fact.facet].unit or len(facets[fact.facet].values) not in (0, 2):
            what = f"fact「{fact.id}」和 facet「{fact.facet}」不是同一種"
            yield Fault(line, what, "是或否的事配有兩個值的 facet，數字的事配單位相同的 facet")


def _named(sheet: Sheet, noun: Any, key: str, ids: Iterable[str]) -> Iterator[Fault]:
    kind, kind_name = _SECTIONS[key]
    known = [e.id for e in sheet.edition.entries() if kind is None or isinstance(e, kind)]
    own = noun.id if isinstance(noun, Entry) else ""
    for at, name in enumerate(ids):
        line = sheet.line(noun, key, at)
        if name == own:
            yield Fault(line, f"{key} 指到自己", "刪掉，或改指別的項目")
        elif name not in known and name not in sheet.formless:
            yield _nothing(sheet, line, name, (kind_name, known))


def _nothing(sheet: Sheet, line: int, name: str, wanted: tuple[str, list[str]]) -> Fault:
    kind_name, known = wanted
    if name in {e.id for e in sheet.edition.entries()}:
        return Fault(line, f"「{name}」不是{kind_name}", _nearest(name, known))
    return Fault(line, f"沒有「{name}」這個{kind_name}", _nearest(name, known))


def _before(sheet: Sheet, entry: PlanDate) -> Iterator[Fault]:
    if not entry.before:
        return
    known = [d.id for d in sheet.edition.dates if d.when and d.id != entry.id]
    if entry.before.date not in known and entry.before.date not in sheet.formless:
        line = sheet.line(entry.before, "date")
        yield _nothing(sheet, line, entry.before.date, ("有 when 的日期", known))


def _permissions(sheet: Sheet, matrix: RoleMatrix) -> Iterator[Fault]:
    known = [p.id for p in matrix.permissions]
    yield from _doubled(sheet, "權限", matrix.permissions)
    yield from _doubled(sheet, "角色", matrix.roles)
    for role in matrix.roles:
        named = [(name, sheet.line(role, "may", at)) for at, name in enumerate(role.may)]
        named += [(name, sheet.line(role, "notes")) for name in role.notes]
        for name, line in named:
            if name not in known:
                yield Fault(line, f"沒有「{name}」這個權限", _nearest(name, known))


def _doubled(sheet: Sheet, kind: str, nouns: Iterable[Permission | Role]) -> Iterator[Fault]:
    seen: set[str] = set()
    for noun in nouns:
        if noun.id in seen:
            yield Fault(sheet.line(noun, "id"), f"{kind} id「{noun.id}」用了兩次", "換一個")
        seen.add(noun.id)


def _part_faults(sheet: Sheet, part: Any) -> Iterator[Fault]:
    given = getattr(part, "given", None)
    if isinstance(given, Given):
        yield from _given(sheet, part, given)
    if isinstance(part, Quantity):
        yield from _quantity(sheet, part)


def _given(sheet: Sheet, part: Any, given: Given) -> Iterator[Fault]:
    line, facets = sheet.line(part, "if"), sheet.edition.facets
    for name, wanted in given.needs.items():
        if name not in facets:
            if name not in sheet.formless:
                yield Fault(line, f"facets 沒有「{name}」", _nearest(name, list(facets)))
            continue
        values = list(facets[name].values)
        for value in wanted:
            if values and value not in values:
                yield Fault(line, f"{name} 沒有「{value}」這個值", _nearest(value, values))
            if not values and not _NUMBERS.fullmatch(value):
                yield Fault(
                    line, f"{name} 是數字，不能是「{value}」", "寫 30、26..48、49.. 或 ..12"
                )


def _quantity(sheet: Sheet, quantity: Quantity) -> Iterator[Fault]:
    numbers = [name for name, facet in sheet.edition.facets.items() if facet.unit]
    if quantity.per and quantity.per not in numbers and quantity.per not in sheet.formless:
        line = sheet.line(quantity, "per")
        what = f"per 指的「{quantity.per}」不是數字的 facet"
        yield Fault(line, what, f"{_nearest(quantity.per, numbers)}；「每人每餐」這類說明寫在 each")
    if quantity.base and quantity.base not in sheet.formless:
        known = numbers + [e.id for e in sheet.edition.entries() if isinstance(e, Amount)]
        if quantity.base not in known:
            line = sheet.line(quantity, "base")
            yield _nothing(sheet, line, quantity.base, ("數量（amounts）或數字的 facet", known))


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=3) or (known if len(known) <= 8 else [])
    return f"可以指：{'、'.join(near)}" if near else "寫出那一項，或改指已有的"
