"""Amounts in lines: the one case that fits, worked out, or every case that may."""

from collections.abc import Mapping, Sequence

from bot.answers.figures import stated, worked_out
from bot.model.edition import Edition
from bot.model.facet import Given
from bot.model.quantity import Quantity
from bot.rules.quantities import compute, fitting, needed


def amount_body_lines(
    edition: Edition, title: str, amounts: Sequence[Quantity], known: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """The first line and further lines of an amount, with what is known already worked out."""
    cases = fitting(amounts, known)
    if not cases:
        return f"{title}：所說的情形不在計畫列出的範圍內", _all_lines(edition, amounts, known)
    if len(cases) == 1:
        label = given_words(edition, cases[0].given)
        head = f"{title}（{label}）" if label else title
        return _headed(head, _line(edition, cases[0], known)), _asking(edition, cases, known)
    settled = [n for n in needed(amounts, known)]
    if not any(q.given for q in cases):
        said = "；".join(_line(edition, q, known) for q in cases)
        return _headed(title, said), _asking(edition, cases, known)
    asks = [edition.facets[n].title for n in settled if n in edition.facets]
    head = f"{title}要看{'、'.join(asks)}" if asks else title
    return head, (*_all_lines(edition, cases, known), *_asking(edition, cases, known))


def _headed(head: str, said: str) -> str:
    """A title and its amount: 嘉獎 2次; 經費上限 20,000元; 社群人數：至少3人."""
    if head.split("（")[0].endswith("上限") and said.startswith("上限"):
        said = said.removeprefix("上限")
    return f"{head} {said}" if said[0].isdigit() else f"{head}：{said}"


def given_words(edition: Edition, given: Given) -> str:
    """A condition in words: B組, 26~48班."""
    said = []
    for name, wanted in given.needs.items():
        facet = edition.facets.get(name)
        if facet is None:
            continue
        for value in wanted:
            named = facet.values.get(value)
            said.append(named.title if named else _range_words(value, facet.unit))
    return "、".join(said)


def _range_words(value: str, unit: str) -> str:
    low, dots, high = value.partition("..")
    if not dots:
        return f"{value}{unit}"
    if not low:
        return f"{high}{unit}以下"
    return f"{low}~{high}{unit}" if high else f"{low}{unit}以上"


def _line(edition: Edition, quantity: Quantity, known: Mapping[str, str]) -> str:
    facet = edition.facets.get(quantity.per)
    per = facet.unit if facet else ""
    computed = compute(quantity, known, edition)
    return worked_out(computed, per) if computed else stated(quantity, per)


def _all_lines(
    edition: Edition, amounts: Sequence[Quantity], known: Mapping[str, str]
) -> tuple[str, ...]:
    return tuple(
        f"{given_words(edition, q.given) or '其他'}：{_line(edition, q, known)}" for q in amounts
    )


def _asking(
    edition: Edition, cases: Sequence[Quantity], known: Mapping[str, str]
) -> tuple[str, ...]:
    asks = [edition.facets[n].ask for n in needed(cases, known) if n in edition.facets]
    return tuple(f"想知道您的情形，請告訴我：{a}" for a in asks[:2] if a)
