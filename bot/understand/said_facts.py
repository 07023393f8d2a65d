"""What people say about themselves in one message: facts for a rule, as far as they are said."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bot.model.rule import Fact
from bot.understand.gives import alike

_CLAUSES = re.compile(r"[,。;?!、\s]|但是?|不過|而且|可是")
_NO = re.compile(r"沒|不(?!錯|限|同)|未(?!來)|無(?!線)|非(?!常|同步)|缺")
_UNSURE = re.compile(
    "不到|未滿|不滿|不足|少於|不確定|不知道|不清楚|忘記|忘了|未達|沒到|一起|再[加找多]|另外|加上"
)
_BEGUN = re.compile("才開始|剛開始|最近開始|才要|開始用")
_EITHER = re.compile(r"(.)不\1")  # 夠不夠, 能不能: asks and denies nothing
_PEOPLE = "|教師|成員|同仁|夥伴"
_YEAR = re.compile(r"(?<!\d)(1\d\d|9\d)(?=學年|年|[^\d]|$)")


@dataclass(frozen=True, slots=True)
class SaidFacts:
    """Facts that were said, and those that were touched on without being settled."""

    known: dict[str, bool | Decimal] = field(default_factory=dict)
    partly: tuple[str, ...] = ()


def hear_facts(facts: Sequence[Fact], key: str, fold: Callable[[str], str]) -> SaidFacts:
    """What a folded text says of each fact; what it does not say stays out.

    `fold` folds the facts' own words.
    """
    clauses = list(_clauses(key))
    known: dict[str, bool | Decimal] = {}
    partly: list[str] = []
    for fact in facts:
        value = _number(fact, clauses, fold) if fact.unit else _truth(fact, clauses, fold)
        if value is not None:
            known[fact.id] = value
        elif any(_says(words, c, fold) for words in fact.partly for c in clauses):
            partly.append(fact.id)
    return SaidFacts(known, tuple(partly))


def _clauses(key: str) -> Iterator[str]:
    for clause in _CLAUSES.split(_EITHER.sub(r"\1", key)):
        head, also, tail = clause.partition("也")
        if also and tail and _NO.search(head):
            yield from (head, tail)
        elif clause:
            yield clause


def _says(words: Sequence[str], clause: str, fold: Callable[[str], str]) -> bool:
    return all(fold(w) in clause for w in words)


def _truth(fact: Fact, clauses: Sequence[str], fold: Callable[[str], str]) -> bool | None:
    for clause in clauses:
        if any(_says(words, clause, fold) for words in fact.no):
            return None if _is_denied(clause, fact.no, fold) else False
    for clause in clauses:
        for words in fact.yes:
            if _says(words, clause, fold):
                if fact.since is not None and _is_begun_sometime(clause):
                    return None
                denied = _NO.search(clause) and not any(_NO.search(fold(w)) for w in words)
                return not denied and _in_time(fact, clause)
    return None


def _is_begun_sometime(clause: str) -> bool:
    """Whether it began, and no year says when: that is what a rule with a `since` asks."""
    return bool(_BEGUN.search(clause)) and not _YEAR.search(clause)


def _is_denied(clause: str, phrases: Sequence[Sequence[str]], fold: Callable[[str], str]) -> bool:
    """Whether a clause denies what it says: 沒有缺交, 不是二年級; left open, not taken as said."""
    rest = clause
    for word in (fold(w) for words in phrases for w in words):
        rest = rest.replace(word, " ")
    return bool(_NO.search(rest))


def _in_time(fact: Fact, clause: str) -> bool:
    years = [int(y) for y in _YEAR.findall(clause)]
    if not years:
        return True
    return any(
        (fact.since is None or y >= fact.since) and (fact.until is None or y <= fact.until)
        for y in years
    )


def _number(fact: Fact, clauses: Sequence[str], fold: Callable[[str], str]) -> Decimal | None:
    units = "|".join(map(re.escape, sorted({fold(fact.unit), *alike(fact.unit)})))
    pattern = re.compile(
        rf"(\d+(?:\.\d+)?)\s*個?\s*(?:{units}{_PEOPLE if fact.unit == '人' else ''})"
    )
    for clause in clauses:
        if _UNSURE.search(clause):
            continue
        if not fact.yes or any(_says(words, clause, fold) for words in fact.yes):
            found = pattern.search(clause)
            if found and _in_time(fact, clause):
                return Decimal(found[1])
            if _NO.search(clause) and fact.yes and not found:
                return Decimal(0)
    return None
