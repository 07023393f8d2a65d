"""Which plans a question is about, and what the conversation before it adds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.model.edition import Edition
from bot.model.talk import Talk
from bot.understand.facets import ROLE
from bot.understand.index import Item, is_gap
from bot.understand.likeness import LIGHT
from bot.understand.question import Question
from bot.understand.reader import Reader
from bot.understand.score import Candidate, by_score
from bot.understand.symbols import GRAMMAR

_CARRIES_ON = re.compile(r"^(?:那|如果|要是|假如|所以|還有|另外|它|這)|(?:呢|咧|勒)$")
ELLIPTIC_BELOW = 2.2  # words: less than this of its own, and a question leans on the last one
SAME_ENTRY = 2.0
WELL_MET = 0.85  # score and share: a short question that an entry meets by itself
BORROWED, LEANED_ON = 0.45, 0.12  # how much of the last question's fit is added


@dataclass(frozen=True, slots=True)
class Scope:
    """The plans to look in, and whether the question named or inherited them."""

    plans: tuple[str, ...]
    is_named: bool = False
    is_followed: bool = False
    known: Mapping[str, str] = field(default_factory=dict)


def named_scope(question: Question, reader: Reader) -> Scope | None:
    """The plans that the question names, by name or by their area; None where it names none."""
    if question.plans:
        plans = _in_area(question.plans, question, reader)
        return Scope(tuple(plans), is_named=True)
    here = [p for p in reader.plans if _area_said(p, question, reader)]
    return Scope(tuple(here), is_named=True) if here else None


def _in_area(plans: Sequence[str], question: Question, reader: Reader) -> Sequence[str]:
    here = [p for p in plans if _area_said(p, question, reader)]
    return here or plans


def _area_said(plan: str, question: Question, reader: Reader) -> bool:
    return any(reader.covers(plan, place) for place in question.places)


@dataclass(frozen=True, slots=True)
class Rest:
    """What a question says beside facets, names, question words and grammar."""

    weight: float  # in words that no plan uses: 1.0 is one such word of one character
    words: int  # characters, or runs of letters or digits


def rest_of(question: Question, reader: Reader, edition: Edition) -> Rest:
    """What is left of the question without the facets that it speaks of."""
    heard = reader.hear(edition, question.key)
    said = {
        i
        for _, start, end in heard.spans
        for i, s in enumerate(question.symbols.starts)
        if start <= s < end
    }
    left = [(question.symbols.items[i], w) for i, w in enumerate(question.weights) if i not in said]
    floor = LIGHT * reader.index.novel
    words = sum(w >= floor and item not in GRAMMAR for item, w in left)
    return Rest(sum(w for _, w in left) / reader.index.novel, words)


def carries_on(question: Question, rest: Rest) -> bool:
    """Whether the question leaves out what the last one said: 那B組呢, 幾點開始, 地址."""
    return bool(_CARRIES_ON.search(question.key)) or rest.weight < ELLIPTIC_BELOW


def with_talk(
    question: Question, talk: Talk, reader: Reader, now: datetime
) -> tuple[list[Candidate], Mapping[str, str], bool]:
    """Items of the talk's plan for a question that names none: best first, with what is known.

    The last question lends its fit: much of it where this one is elliptic, a little otherwise.
    """
    edition = reader.edition_at(talk.plan, now, [y.year for y in question.years])
    rest = rest_of(question, reader, edition)
    elliptic = carries_on(question, rest)
    asks_anew = bool(question.asked.wants - set(talk.asks))
    if elliptic and not question.asked.wants:
        question = replace(question, asked=replace(question.asked, wants=frozenset(talk.asks)))
    said = reader.hear(edition, question.key).known
    known = {**talk.facets, **said} if elliptic else dict(said)
    own = {c.item.number: c for c in reader.rank(question, [talk.plan], now, known)}
    last = reader.question(_with_case(talk.text, question, edition, reader), now)
    lent = {c.item.number: c for c in reader.rank(last, [talk.plan], now, known, True)}
    before = reader.index.by_key.get(talk.entry)
    if before and before.number not in lent:
        lent[before.number] = Candidate(before, 0.0, 0.0)
    only_a_case = not rest.words and bool(said.keys() - {ROLE}) and not asks_anew
    kept, share = _shares(own.values(), elliptic, only_a_case)
    merged = []
    for number in own.keys() | lent.keys():
        base = own.get(number)
        one = base or lent[number]
        score = share * lent[number].score if number in lent else 0.0
        if base:
            score += kept * base.score
        if elliptic:
            score += _carried_over(one.item, talk, said, only_a_case, base is not None)
        merged.append(Candidate(one.item, score, base.cover if base else 0.0))
    merged.sort(key=by_score)
    return merged, known, elliptic


def _shares(own: Iterable[Candidate], elliptic: bool, only_a_case: bool) -> tuple[float, float]:
    """How much of its own fit a question keeps, and how much of the last one's it borrows."""
    if elliptic and only_a_case:  # 那學生呢: the last question, for another case
        return 0.3, 1.0
    met = any(c.score >= WELL_MET and c.cover >= WELL_MET for c in own)
    return 1.0, BORROWED if elliptic and not met else LEANED_ON


def _with_case(text: str, question: Question, edition: Edition, reader: Reader) -> str:
    """The last question with the facets of this one in place of its own: B組 for A組."""
    words = {n: question.key[s:e] for n, s, e in reader.hear(edition, question.key).spans}
    key, end_of_last = reader.fold(text), -1
    for name, start, end in sorted(reader.hear(edition, key).spans, key=lambda s: -s[1]):
        if name in words and (end_of_last < 0 or end <= end_of_last):
            key, end_of_last = key[:start] + words[name] + key[end:], start
    return key


def _carried_over(
    item: Item, talk: Talk, said: Mapping[str, str], only_a_case: bool, is_own: bool
) -> float:
    """What an elliptic question adds to an item for being the last answer, or like it."""
    if item.key == talk.entry:
        if item.facets & said.keys() and item.entry.given.fits(said):
            return SAME_ENTRY if only_a_case else 0.5
        return 0.08
    last = talk.entry.partition("#")[2].split(":")
    same_role = len(last) > 1 and item.role == last[1] and bool(item.permission)
    if same_role and is_own:
        return 0.25
    return -0.1 if is_gap(item) else 0.0
