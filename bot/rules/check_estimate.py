"""What stated amounts come to with the numbers that somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.checks import Estimate
from bot.model.edition import Edition
from bot.model.entries import Amount
from bot.rules.check_findings import Law
from bot.rules.check_reading import read_whole
from bot.rules.quantities import Computed, compute, fitting, needed

MOST_COUNT, MOST_MONEY = 500, 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One amount worked out; `computed` is None where more must be known."""

    amount: Amount
    computed: Computed | None


def fields_of(edition: Edition, estimate: Estimate) -> list[str]:
    """The facets that an estimate asks for, in the order in which its amounts need them."""
    names: dict[str, None] = {}
    for amount in _amounts(edition, estimate):
        for name in needed(amount.amount, {}):
            names.setdefault(name)
        for quantity in amount.amount:
            if quantity.base in edition.facets:
                names.setdefault(quantity.base)
    return list(names)


def field_faults(edition: Edition, typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with what was typed, field by field; a blank is not."""
    faults = {}
    for name, text in typed.items():
        facet = edition.facets[name]
        if facet.values:
            if text and text not in facet.values:
                faults[name] = "請從選項裡選一個。"
            continue
        read = read_whole(text)
        most = MOST_MONEY if facet.unit == "元" else MOST_COUNT
        if read.fault:
            faults[name] = f"{read.fault}，請填整數。"
        elif read.number == 0 and facet.unit != "元":
            faults[name] = f"至少 1 {facet.unit}。"
        elif read.number is not None and read.number > most:
            faults[name] = f"最多 {most:,} {facet.unit}，請再確認。"
    return faults


def estimate_amounts(
    edition: Edition, estimate: Estimate, typed: Mapping[str, str]
) -> list[Outcome]:
    """Every amount of the estimate with what was typed, in its order; typed without faults."""
    known = {}
    for name, text in typed.items():
        number = read_whole(text).number
        value = text if edition.facets[name].values else "" if number is None else str(number)
        if value:
            known[name] = value
    return [
        Outcome(amount=amount, computed=_computed(edition, amount, known))
        for amount in _amounts(edition, estimate)
    ]


def _computed(edition: Edition, amount: Amount, known: Mapping[str, str]) -> Computed | None:
    cases = fitting(amount.amount, known)
    if len(cases) != 1 or not cases[0].given.holds(known):
        return None
    return compute(cases[0], known, edition)


def _amounts(edition: Edition, estimate: Estimate) -> list[Amount]:
    found = [Law(edition).entry(name) for name in estimate.amounts]
    return [entry for entry in found if isinstance(entry, Amount)]
