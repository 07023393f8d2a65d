"""已經勾了8件，還能勾幾件: what is left of a limit, or still missing of what is asked for."""

import re
from collections.abc import Mapping
from decimal import Decimal

from bot.answers.figures import number
from bot.model.edition import Edition
from bot.model.entries import Amount, Entry, Requirement, Setting
from bot.rules.quantities import Computed, compute, fitting

_MAY, _LACKS = "能可有剩", "差要缺需得該剩"
_STILL = re.compile(f"還(?:[{_MAY}]|[{_LACKS}])(?:以|要)?(?:再|多)?[^,。?]{{0,8}}?(?:幾|多少)")
_HAS = "(?:已經?|[了過完到掉有])[^,。?\\d]{0,6}(?<!第)(\\d+(?:\\.\\d+)?)\\s*(?:個|多)?%s"


def remaining(edition: Edition, entry: Entry, question: str, known: Mapping[str, str]) -> str:
    """What is left or missing, to be said first, of the one amount whose unit the folded question
    counts in; empty where it does not ask so, or what is known does not decide.
    """
    still = _STILL.search(question)
    if not still or not isinstance(entry, Amount | Requirement | Setting):
        return ""
    told = question[: still.start()]
    cases = [c for q in fitting(entry.amount, known) if (c := compute(q, known, edition))]
    said = [(c, n) for c in cases if (n := _number_of(c.unit, told)) is not None]
    return _left(*said[0], still[0][1]) if len(said) == 1 else ""


def _number_of(unit: str, told: str) -> Decimal | None:
    found = re.findall(_HAS % re.escape(unit.lower()), told) if unit else []
    return Decimal(found[0]) if len(found) == 1 else None


def _left(limit: Computed, has: Decimal, asks: str) -> str:
    """In words; `asks` is how it is asked: 還能, 還剩 or 還差."""
    begin, unit = f"已有{number(has)}{limit.unit}的話，", limit.unit
    bound = limit.quantity.bound
    if asks in _MAY and bound in ("most", "exactly"):
        rest = limit.high - has
        if rest < 0:
            return f"{begin}已經超過了。"
        return f"{begin}還有{number(rest)}{unit}。" if rest else f"{begin}已經到上限了。"
    if asks in _LACKS and bound in ("least", "exactly"):
        missing = limit.low - has
        return f"{begin}還差{number(missing)}{unit}。" if missing > 0 else f"{begin}已經夠了。"
    return ""
