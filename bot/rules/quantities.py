"""What a stated amount comes to for somebody: so many classes, such a total, such a group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, InvalidOperation

from bot.model.edition import Edition
from bot.model.entries import Amount, Deliverable, Requirement, Setting
from bot.model.quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """An amount worked out: `low` to `high` of `unit`, and how it came about."""

    quantity: Quantity
    low: Decimal
    high: Decimal
    unit: str
    count: Decimal | None = None  # a per-unit rule: for how many
    base: Decimal | None = None  # a share: of how much


def fitting(amounts: Sequence[Quantity], known: Mapping[str, str]) -> list[Quantity]:
    """The cases that nothing known speaks against, in their order.

    Where some are fully settled by what is known, only the ones that settle most of it.
    """
    left = [q for q in amounts if q.given.fits(known)]
    settled = [q for q in left if q.given and q.given.holds(known)]
    if not settled:
        return left
    most = max(len(list(q.given)) for q in settled)
    return [q for q in settled if len(list(q.given)) == most]


def compute(quantity: Quantity, known: Mapping[str, str], edition: Edition) -> Computed | None:
    """What `quantity` comes to with what is known; None where it needs more to be known.

    A share is taken of the sum that was named, else of the entry that its `base` names where that
    is settled. A per-unit amount is multiplied; with `more`, each one after the first adds that.
    """
    value = quantity.value
    if value.is_share:
        base = _base(quantity, known, edition)
        if base is None:
            return None
        low, high = base * value.low / 100, base * value.high / 100
        unit = _unit_of_base(quantity, known, edition)
        if unit != "元":  # people and classes come whole
            low, high = low.to_integral_value(ROUND_CEILING), high.to_integral_value(ROUND_CEILING)
        return Computed(quantity=quantity, low=low, high=high, unit=unit, base=base)
    if not quantity.per:
        return Computed(quantity=quantity, low=value.low, high=value.high, unit=quantity.unit)
    count = _number(known.get(quantity.per))
    if count is None or count <= 0:
        return None
    if quantity.more:
        rest = count - 1
        low, high = value.low + rest * quantity.more.low, value.high + rest * quantity.more.high
    else:
        low, high = value.low * count, value.high * count
    return Computed(quantity=quantity, low=low, high=high, unit=quantity.unit, count=count)


def needed(amounts: Sequence[Quantity], known: Mapping[str, str]) -> list[str]:
    """Facets that would tell the cases apart or are multiplied by, not yet known, in order."""
    names: dict[str, None] = {}
    for quantity in amounts:
        for facet in (*quantity.given, quantity.per):
            if facet and facet not in known:
                names.setdefault(facet)
    return list(names)


def _base(quantity: Quantity, known: Mapping[str, str], edition: Edition) -> Decimal | None:
    money = next((f for f, x in edition.facets.items() if x.unit == "元" and f in known), None)
    if quantity.base in edition.facets:
        return _number(known.get(quantity.base))
    if money and _unit_of_base(quantity, known, edition) == "元":
        return _number(known[money])
    entry = edition.by_id.get(quantity.base)
    if not isinstance(entry, Amount | Requirement | Deliverable | Setting):
        return None
    cases = fitting(entry.amount, known)
    if len(cases) != 1 or not cases[0].given.holds(known) or cases[0].base == quantity.base:
        return None
    computed = compute(cases[0], known, edition)
    return computed.high if computed else None


def _unit_of_base(quantity: Quantity, known: Mapping[str, str], edition: Edition) -> str:
    """What a share is counted in: 人 where it is one of 40人; 元 where nothing else is stated."""
    if quantity.base in edition.facets:
        return edition.facets[quantity.base].unit
    entry = edition.by_id.get(quantity.base)
    if not isinstance(entry, Amount | Requirement | Deliverable | Setting):
        return "元"
    return next((q.unit for q in fitting(entry.amount, known) if q.unit), "元")


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
