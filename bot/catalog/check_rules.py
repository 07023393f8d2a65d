"""Eligibility rules that could not be decided: facts that are missing or of the wrong kind."""

from collections.abc import Iterator

from bot.catalog.sheet import Sheet
from bot.catalog.walk import parts
from bot.catalog.yaml_lines import Fault
from bot.model.entries import Eligibility, Track
from bot.model.rule import AtLeast, Fact, Is


def rule_faults(sheet: Sheet) -> Iterator[Fault]:
    """Leaves and counts that do not fit what they are about; conditions without a clause."""
    for entry in sheet.edition.entries():
        if isinstance(entry, Eligibility):
            yield from _eligibility(sheet, entry)
        if isinstance(entry, Track) and entry.at_least is not None:
            line = sheet.line(entry, "at_least")
            yield from _count(line, entry.at_least, len(entry.items))


def _eligibility(sheet: Sheet, entry: Eligibility) -> Iterator[Fault]:
    facts: dict[str, Fact] = {}
    for fact in entry.facts:
        if fact.id in facts:
            yield Fault(sheet.line(fact, "id"), f"fact「{fact.id}」用了兩次", "換一個 id")
        facts[fact.id] = fact
    used = set()
    for part in parts(entry.rule):
        if isinstance(part, Is):
            used.add(part.fact)
            yield from _leaf(sheet, part, facts)
        if isinstance(part, AtLeast):
            yield from _count(sheet.line(part, "at_least"), part.at_least, len(part.of))
    # A leaf that names no fact is most likely meant for one of these.
    for name in facts.keys() - used if used <= facts.keys() else ():
        line = sheet.line(facts[name], "id")
        yield Fault(line, f"rule 沒有用到 fact「{name}」", "刪掉，或寫進 rule")


def _leaf(sheet: Sheet, leaf: Is, facts: dict[str, Fact]) -> Iterator[Fault]:
    line = sheet.line(leaf, "fact")
    fact = facts.get(leaf.fact)
    if fact is None:
        yield Fault(line, f"facts 沒有「{leaf.fact}」", f"可以寫：{'、'.join(facts)}")
        return
    is_number = leaf.least is not None or leaf.most is not None
    if is_number and not fact.unit:
        at = sheet.line(fact)
        yield Fault(
            at, f"fact「{fact.id}」要比大小，卻沒有 unit", "補上 unit（單位），例如 unit: 小時"
        )
    if leaf.is_ is not None and fact.unit:
        yield Fault(line, f"fact「{fact.id}」是數字，不能用 is", "改用 least 或 most，或刪掉 unit")


def _count(line: int, at_least: int, of: int) -> Iterator[Fault]:
    if not 1 <= at_least <= of:
        yield Fault(line, f"at_least 是 {at_least}，但底下有 {of} 項", f"寫 1 到 {of}")
