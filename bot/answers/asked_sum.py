"""可以編2000元嗎: whether the sum that a question asks for is within what the plan allows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.answers.figures import number
from bot.model.edition import Edition
from bot.model.entries import Amount, Entry, Requirement, Setting
from bot.rules.quantities import compute, fitting

# A sum with its 元, or a round one without: 2000, but no year, no phone and not 2000字.
_SUM = re.compile(
    r"(?<![\d.,/\-])(\d{1,7})(?:(?:\s*(?:元|塊錢?))|(?<=\d[05]0)(?![\d./\-年字人份次場張個班名頁點月日號]))"
)
_SPENT = re.compile(r"(?:編|列|花|用|報|買|支|抓|估|到|領|寫|要)(?:列|到|個|滿|足)?\s*$")
_MAY_I = re.compile(r"嗎|可以|可否|能|行不行|ok|\?")
_HOW_MUCH = re.compile("多少|幾(?!乎)|哪")
_BEYOND = re.compile("超過|以上|高於|多於|大於")


@dataclass(frozen=True, slots=True)
class AskedSum:
    """The sum that a question asks about, and the total that it names beside it."""

    asked: Decimal
    total: Decimal | None
    is_beyond: bool  # 可以超過8000嗎


def asked_sum(question: str) -> AskedSum | None:
    """The sum that a folded question asks leave for; None where it asks for none, or of several."""
    if not _MAY_I.search(question) or _HOW_MUCH.search(question):
        return None
    sums = list(_SUM.finditer(question))
    if not sums or len(sums) > 2:
        return None
    asked = next((m for m in reversed(sums) if _SPENT.search(question[: m.start()])), sums[-1])
    total = next((Decimal(m[1]) for m in sums if m is not asked), None)
    return AskedSum(Decimal(asked[1]), total, bool(_BEYOND.search(question)))


def with_total(known: Mapping[str, str], asked: AskedSum, edition: Edition) -> dict[str, str]:
    """What is known, with the total that was named in place of the sum that is asked about."""
    sums = [name for name, facet in edition.facets.items() if facet.unit == "元"]
    rest = {name: value for name, value in known.items() if name not in sums}
    return {**rest, **({name: str(asked.total) for name in sums} if asked.total else {})}


def sum_verdict(edition: Edition, entry: Entry, asked: AskedSum, known: Mapping[str, str]) -> str:
    """不可以 or 可以 with the cap, to be said first; empty where what is known does not decide."""
    if not isinstance(entry, Amount | Requirement | Setting):
        return ""
    cases = fitting(entry.amount, known)
    caps = []
    for case in cases:
        computed = compute(case, known, edition) if case.most else None
        if computed is None or computed.unit != "元":
            return ""
        caps.append(computed.high)
    if not caps:
        return ""
    if asked.is_beyond:
        return f"不可以，上限是{number(max(caps))}元。" if asked.asked >= max(caps) else ""
    if asked.asked > max(caps):
        return f"不可以，超過上限{number(max(caps))}元。"
    return f"可以，沒有超過上限{number(min(caps))}元。" if asked.asked <= min(caps) else ""
