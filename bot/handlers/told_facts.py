"""What somebody told of themselves about an eligibility: in this message, and before it.

Facts stand in the talk as text: `plan/edition#entry:fact` → true, false, 3, or ? (not sure).
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from bot.handlers.inquiry import Inquiry
from bot.model.edition import Edition
from bot.model.entries import Eligibility
from bot.model.rule import Fact
from bot.rules.residue import Value, conditions
from bot.understand.reader import Reader
from bot.understand.said_facts import SaidFacts, hear_facts

FACT = "fact:"  # what the bot expects: the answer for a fact of the last entry
UNSURE = "?"
WHOLE = frozenset({"人", "次", "班", "名", "位", "份", "場", "門", "組"})  # come in whole numbers
_CLAUSE = re.compile(r"[,。;?!、\s]+")
_GOES_ON = re.compile("那|這樣|所以")
_BOOLS = {"true": True, "false": False}
_BELOW = re.compile(r"(?:不到|未滿|不滿|不足|少於|未達|沒到|低於|小於)\s*(\d{1,6}(?:\.\d+)?)")


def key_of(edition: Edition, entry: Eligibility) -> str:
    """Names the eligibility among all editions."""
    return f"{edition.key}#{entry.id}"


def eligibility_of(reader: Reader, key: str) -> tuple[Edition | None, Eligibility | None]:
    """The eligibility of this key with its edition; None where there is none (any more)."""
    name, _, entry_id = key.partition("#")
    edition = reader.edition(name)
    if edition is None:
        return None, None
    return edition, next((e for e in edition.eligibility if e.id == entry_id), None)


def told(inquiry: Inquiry, edition: Edition, entry: Eligibility) -> SaidFacts:
    """What was said that bears on the rule: in this message, and before it.

    What is said now goes before what was said earlier.
    """
    text, before = inquiry.question.text, inquiry.talk.text
    said = heard(inquiry, edition, entry, text)
    known = kept(inquiry.talk.facts, edition, entry)
    if before and _GOES_ON.match(text):
        known = {**known, **heard(inquiry, edition, entry, before).known}
    return SaidFacts({**known, **said.known}, said.partly)


def heard(inquiry: Inquiry, edition: Edition, entry: Eligibility, text: str) -> SaidFacts:
    """What a text says of the facts of a rule.

    While they are being asked for, a number with its unit is enough: 更正，我有3小時.
    """
    folded, word = _done_here(inquiry, edition, inquiry.reader.fold(text)), inquiry.reader.word
    said = hear_facts(entry.facts, folded, word)
    by_case = _by_case(inquiry.reader, edition, entry, folded)
    said = replace(said, known={**by_case, **said.known})
    if inquiry.talk.entry != key_of(edition, entry):
        return said
    numbers = [f for f in entry.facts if f.unit and f.id not in said.known]
    expected = inquiry.talk.expects.removeprefix(FACT)
    for fact in numbers:
        alone = [f for f in numbers if f.unit == fact.unit] == [fact]
        if fact.id == expected or alone:
            bare = replace(fact, yes=(), partly=())
            number = hear_facts((bare,), folded, word).known
            low = below(entry, fact, folded)
            number = number if low is None else {fact.id: low}
            said = replace(said, known={**number, **said.known})
    return said


def _done_here(inquiry: Inquiry, edition: Edition, folded: str) -> str:
    """Without the clauses that name another place: 我在新北上過3小時 is nothing done in 臺北."""
    reader = inquiry.reader
    others = [p for p in inquiry.question.places if not reader.covers(edition.plan, p)]
    if not others:
        return folded
    return " ".join(c for c in _CLAUSE.split(folded) if not any(p in c for p in others))


def _by_case(reader: Reader, edition: Edition, entry: Eligibility, folded: str) -> dict[str, Value]:
    """Facts that are told by the case that a text speaks of: 可以報B嗎 is not the group A."""
    cases = reader.hear(edition, folded).known
    found: dict[str, Value] = {}
    for fact in entry.facts:
        if fact.facet and not fact.unit and fact.facet in cases:
            found[fact.id] = cases[fact.facet] == next(iter(edition.facets[fact.facet].values))
    return found


def kept(facts: Mapping[str, str], edition: Edition, entry: Eligibility) -> dict[str, Value]:
    """What the talk holds of the facts of a rule, beside what nobody was sure of."""
    key = key_of(edition, entry)
    found = {f.id: facts.get(f"{key}:{f.id}", UNSURE) for f in entry.facts}
    return {f: _BOOLS[v] if v in _BOOLS else Decimal(v) for f, v in found.items() if v != UNSURE}


def unsure(facts: Mapping[str, str], edition: Edition, entry: Eligibility) -> frozenset[str]:
    """The facts that the person said not to be sure of."""
    key = key_of(edition, entry)
    return frozenset(f.id for f in entry.facts if facts.get(f"{key}:{f.id}") == UNSURE)


def with_known(
    facts: Mapping[str, str], edition: Edition, entry: Eligibility, known: Mapping[str, Value]
) -> dict[str, str]:
    """The talk's facts with these among them."""
    key = key_of(edition, entry)
    return {**facts, **{f"{key}:{f}": str(v).lower() for f, v in known.items()}}


def facets_told(edition: Edition, entry: Eligibility, known: Mapping[str, Value]) -> dict[str, str]:
    """The cases that the facts tell too: 申請A組 is the group A."""
    found = {}
    for fact in entry.facts:
        value = known.get(fact.id)
        if not fact.facet or value is None:
            continue
        names = list(edition.facets[fact.facet].values)
        found[fact.facet] = str(value) if fact.unit else names[0 if value else 1]
    return found


def in_words(edition: Edition, fact: Fact, value: Value) -> str:
    """A fact as it was told: 研習時數3小時, 曾任講師：否, 組別：A組."""
    if fact.unit:
        return f"{fact.title}：{value}{fact.unit}"
    return f"{fact.title}：{words_for(edition, fact)[0 if value else 1]}"


def words_for(edition: Edition, fact: Fact) -> tuple[str, str]:
    """What one says for yes and for no."""
    if fact.facet and edition.facets[fact.facet].values:
        first, second = edition.facets[fact.facet].values.values()
        return first.title, second.title
    return "是", "不是"


def replies_for(edition: Edition, entry: Eligibility, fact: Fact) -> tuple[str, ...]:
    """Quick replies to a question for a fact; of a number one on each side of what is needed."""
    if not fact.unit:
        return (*words_for(edition, fact), "不確定")
    bounds = {c.least for c in conditions(entry.rule) if c.fact == fact.id and c.least}
    most = sorted(bounds, reverse=True)
    if fact.unit not in WHOLE:
        return (*(f"{b}{fact.unit}以上" for b in most), "沒有", "不確定")
    numbers = sorted({n for b in bounds for n in (b, b - 1)}, reverse=True)
    words = [f"{n}{fact.unit}以上" if n == most[0] else f"{n}{fact.unit}" for n in numbers if n > 0]
    return (*words, "沒有", "不確定") if most[-1] > 5 else (*words, "不確定")


def below(entry: Eligibility, fact: Fact, folded: str) -> Decimal | None:
    """不到3小時 as a number below what is needed; None where that does not decide: 不到10小時."""
    found = _BELOW.search(folded)
    bounds = [c.least for c in conditions(entry.rule) if c.fact == fact.id and c.least]
    if not found or not bounds or Decimal(found[1]) > min(bounds):
        return None
    step = Decimal(1) if fact.unit in WHOLE else Decimal("0.1")
    return max(Decimal(found[1]) - step, Decimal(0))
