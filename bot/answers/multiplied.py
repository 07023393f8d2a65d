"""講3節要編多少: a rate times what a question counts."""

import re
from collections.abc import Mapping
from decimal import Decimal

from bot.answers.figures import number
from bot.model.entries import Amount, Entry
from bot.model.quantity import Quantity
from bot.rules.quantities import fitting
from bot.understand.gives import alike

_HOW_MUCH = re.compile("多少|幾[元塊]")
_EACH = re.compile("每([^每（）]+)")
PEOPLE = "人"
# What one rate is for, in the words of plans → units in which people count it.
_COUNTED_IN = {"場次": ("場", "次"), PEOPLE: ("人", "位", "名", "個人")}


def multiplied(entry: Entry, question: str, known: Mapping[str, str]) -> str:
    """The sum, to be said first, of an amount of money for each of what the folded question counts;
    empty where it counts none of it, or what is known does not decide.
    """
    if not isinstance(entry, Amount) or not _HOW_MUCH.search(question):
        return ""
    cases = fitting(entry.amount, known)
    return _sum_of(cases[0], question) if len(cases) == 1 else ""


def _sum_of(rate: Quantity, question: str) -> str:
    units = _EACH.findall(rate.each)
    value, is_fixed = rate.value, rate.bound == "exactly"
    if rate.unit != "元" or value.is_share or value.low != value.high or rate.per or not units:
        return ""
    if not (is_fixed or rate.bound == "most"):
        return ""
    counts = {unit: _count_of(unit, question) for unit in units}
    if PEOPLE in counts and counts[PEOPLE] is None and not re.search(r"\d[人位名]", question):
        counts[PEOPLE] = Decimal(1)
    said = [n for n in counts.values() if n is not None]
    if len(said) < len(units) or max(said) == 1:
        return ""
    total = value.low
    for n in said:
        total *= n
    words = "".join(f"{number(n)}{u}" for u, n in counts.items() if n is not None and n != 1)
    return f"{words}{'共' if is_fixed else '至多'}{number(total)}元。"


def _count_of(unit: str, question: str) -> Decimal | None:
    """How many of this unit the question counts; None where it does not, or several times."""
    counted_in = "|".join(sorted(_COUNTED_IN.get(unit) or alike(unit), key=len, reverse=True))
    found = re.findall(rf"(?<![\d.第])(\d{{1,3}}(?:\.5)?)\s*個?(?:{counted_in})", question)
    return Decimal(found[0]) if len(found) == 1 else None
