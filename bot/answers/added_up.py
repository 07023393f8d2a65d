"""2個A組1個B組共多少: what each group may have, times how many of it a question counts."""

import re
from collections.abc import Callable
from decimal import Decimal

from bot.answers.figures import number
from bot.model.edition import Edition
from bot.model.entries import Amount, Entry
from bot.model.facet import FacetValue
from bot.model.quantity import Quantity

_HOW_MUCH = re.compile("多少|幾[元塊]")
_BOUNDS = {"exactly": "共", "most": "至多共"}


def added_up(edition: Edition, entry: Entry, question: str, fold: Callable[[str], str]) -> str:
    """The sum, to be said first, of an amount of money that each case has, by one facet alone;
    empty where the folded question counts fewer than two.
    """
    if not isinstance(entry, Amount) or not _HOW_MUCH.search(question):
        return ""
    facets = {name for q in entry.amount for name in q.given}
    if len(facets) != 1 or not all(map(_is_plain, entry.amount)):
        return ""
    [facet] = facets
    values = edition.facets[facet].values
    counted = [
        (n, values[value].title, q)
        for q in entry.amount
        for value in q.given.needs.get(facet, ())
        if value in values and (n := _count_of(value, values[value], question, fold))
    ]
    bounds = {q.bound for _, _, q in counted}
    if sum(n for n, _, _ in counted) < 2 or len(bounds) > 1:
        return ""
    total = sum((n * q.value.low for n, _, q in counted), Decimal())
    each = "、".join(f"{n}個{title}" for n, title, _ in counted)
    return f"{each}{_BOUNDS[bounds.pop()]}{number(total)}元。"


def _is_plain(rate: Quantity) -> bool:
    value = rate.value
    is_sum = rate.unit == "元" and not value.is_share and value.low == value.high
    return is_sum and not rate.per and rate.bound in _BOUNDS


def _count_of(value: str, said: FacetValue, question: str, fold: Callable[[str], str]) -> int:
    """How many of this value the question counts; 0 where it does not, or several times."""
    words = sorted({*map(fold, (value, said.title, *said.says))}, key=len, reverse=True)
    these = "|".join(map(re.escape, words))
    found = re.findall(rf"(?<![\d.第])(\d{{1,2}})\s*個?\s*(?:{these})(?![a-z])", question)
    return int(found[0]) if len(found) == 1 else 0
