"""Which plans a question is about, and what the conversation before it adds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.talk import Talk
from bot.understand.question import Question
from bot.understand.reader import Reader
from bot.understand.score import Candidate

_CARRIES_ON = re.compile(r"^(?:那|如果|要是|假如|所以|還有|另外|它|這)|(?:呢|咧|勒)$")
ELLIPTIC_BELOW = 0.55  # share of the last question's substance
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
    areas = {reader.fold(e.about.area) for e in reader.editions(plan)}
    return any(place in area for area in areas for place in question.places)


def carries_on(question: Question, talk: Talk, reader: Reader, now: datetime) -> bool:
    """Whether the question leaves out what the last one said: 那B組呢, 幾點開始, 地址."""
    if not talk.plan or not talk.text:
        return False
    if _CARRIES_ON.search(question.key):
        return True
    edition = reader.edition_at(talk.plan, now)
    heard = reader.hear(edition, question.key)
    said = {
        i
        for _, start, end in heard.spans
        for i, s in enumerate(question.symbols.starts)
        if start <= s < end
    }
    rest = sum(w for i, w in enumerate(question.weights) if i not in said)
    return rest < ELLIPTIC_BELOW * reader.index.novel * 4


def with_talk(
    question: Question, talk: Talk, reader: Reader, now: datetime
) -> tuple[list[Candidate], Mapping[str, str], bool]:
    """Items of the talk's plan for a question that names none: best first, with what is known.

    The last question lends its fit: much of it where this one is elliptic, a little otherwise.
    """
    elliptic = carries_on(question, talk, reader, now)
    edition = reader.edition_at(talk.plan, now, [y.year for y in question.years])
    said = reader.hear(edition, question.key).known
    known = {**talk.facets, **said} if elliptic else dict(said)
    own = {c.item.number: c for c in reader.rank(question, [talk.plan], now, known)}
    last = reader.question(talk.text, now)
    share = BORROWED if elliptic else LEANED_ON
    lent = {c.item.number: c for c in reader.rank(last, [talk.plan], now, known)}
    lent_role = talk.entry.partition("#")[2].split(":")[1] if talk.entry.count(":") else ""
    merged = []
    for number in own.keys() | lent.keys():
        base = own.get(number)
        score = (base.score if base else 0.0) + share * (
            lent[number].score if number in lent else 0.0
        )
        one = base or lent[number]
        if elliptic and one.item.key == talk.entry:
            score += 0.6 if one.item.facets & said.keys() else 0.08
        role = lent_role and one.item.role == lent_role and one.item.permission
        if elliptic and base and role:
            score += 0.25
        words = base.words if base else ()
        merged.append(Candidate(one.item, score, base.cover if base else 0.0, words))
    merged.sort(key=lambda c: (-c.score, c.item.number))
    return merged, known, elliptic
