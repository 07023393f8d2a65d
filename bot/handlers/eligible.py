"""May I apply? A verdict on what was said so far, or what is still to be known."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.answers.cards import next_steps
from bot.answers.standing import is_past
from bot.answers.verdict_lines import asked_facts, verdict_lines
from bot.handlers.after_verdict import amounts_after, buttons_after, next_date, next_line
from bot.handlers.inquiry import Inquiry, Said
from bot.handlers.told_facts import (
    FACT,
    UNSURE,
    below,
    eligibility_of,
    facets_told,
    heard,
    in_words,
    kept,
    key_of,
    replies_for,
    told,
    unsure,
    with_known,
)
from bot.messages import Answer, Button, Card, Why
from bot.model.edition import Edition
from bot.model.entries import Eligibility
from bot.model.rule import Fact
from bot.model.talk import FACET
from bot.rules.residue import Value
from bot.rules.verdict import Verdict, decide
from bot.understand.said_facts import SaidFacts
from bot.understand.short_replies import Reply

_ABOUT_ONESELF = frozenset({"may", "must", "eligible", "follows"})  # others ask something else
_NONE_OF_THEM = re.compile(
    "都沒有|都不符|都不行|都沒|不符合.{0,4}怎麼辦|沒有資格.{0,4}怎麼辦|一項都沒"
)
_NEGATIVE = re.compile(r"[-−－負]\s*\d")
_LONGEST_REPLY = 15  # characters: a longer message is no bare number
_PAST = "這份計畫列出的日期都已過"


@dataclass(frozen=True, slots=True)
class _Judged:
    """A verdict on its card, the fact that is asked for (or none), and the cases it settled."""

    verdict: Verdict
    card: Card
    asks: str
    facets: dict[str, str]


def answer(
    inquiry: Inquiry,
    edition: Edition,
    entry: Eligibility,
    said: SaidFacts,
    in_turn: bool = False,
) -> Said:
    """The verdict on what was said, with what is asked next; the facts stay in the talk.

    Args:
        in_turn: one question follows the other: the card is the next question.
    """
    judged = _judge(inquiry, edition, entry, said, in_turn)
    talk = inquiry.moved(edition.plan, key_of(edition, entry), judged.facets)
    talk = replace(talk, facts=with_known(inquiry.talk.facts, edition, entry, said.known))
    why = Why(
        because="verdict", plan=edition.plan, edition=edition.edition, entry=entry.id, score=1.0
    )
    if not judged.verdict.holds:
        fact = next((f for f in entry.facts if f.id == judged.asks), None)
        words = replies_for(edition, entry, fact) if fact else ()
        quick = tuple(Button(word, say=word) for word in words)
        expects = judged.asks and FACT + judged.asks
        return Said(Answer((judged.card,), quick, why=why), replace(talk, expects=expects))
    cards, quick = [judged.card], ()
    for amount, card, facet in amounts_after(edition, entry, judged.facets, inquiry.now):
        cards.append(card)
        if facet:  # the next message may be its case: 國小
            key = f"{edition.key}#{amount.id}"
            talk = replace(talk, entry=key, text=amount.title, expects=FACET + facet)
            values = edition.facets[facet].values.values()
            quick = tuple(Button(v.title, say=v.title) for v in values)
    return Said(Answer(tuple(cards), quick, why=why), talk)


def verdict_card(inquiry: Inquiry, edition: Edition, entry: Eligibility) -> Card:
    """The verdict on what was said, with the deciding conditions by clause."""
    return _judge(inquiry, edition, entry, told(inquiry, edition, entry)).card


def _judge(
    inquiry: Inquiry,
    edition: Edition,
    entry: Eligibility,
    said: SaidFacts,
    in_turn: bool = False,
) -> _Judged:
    not_sure = unsure(inquiry.talk.facts, edition, entry) - said.known.keys()
    verdict = decide(entry.rule, said.known, not_sure)
    lead, facts, tone = verdict_lines(entry, verdict, said, in_turn)
    over = is_past(edition, inquiry.now)
    if verdict.holds and over:
        lead = f"{_PAST}。依當時的規定：{lead}"
    of_talk = inquiry.talk.facets if inquiry.talk.plan == edition.plan else {}
    heard_now = inquiry.reader.hear(edition, inquiry.question.key).known
    facets = {**of_talk, **heard_now, **facets_told(edition, entry, said.known)}
    coming = next_date(edition, entry, facets, inquiry.now) if verdict.holds else None
    state = next_line(edition, coming, inquiry.now) if coming else ""
    steps = next_steps(edition, entry)
    sources = [s for c in (*verdict.decided_by, *verdict.missed, *verdict.open) for s in c.source]
    card = Card(
        title=edition.about.short,
        lead=lead,
        facts=(*facts, *_from_before(inquiry, edition, entry, said)),
        state=_PAST if over and not verdict.holds and said.known else state,
        sources=tuple(dict.fromkeys((*entry.source, *sources))),
        document=edition.about.title,
        tone=tone,
        buttons=buttons_after(edition, entry, coming, inquiry.now) if verdict.holds else steps,
    )
    return _Judged(verdict, card, next(iter(asked_facts(verdict, said)), ""), facets)


def _from_before(
    inquiry: Inquiry, edition: Edition, entry: Eligibility, said: SaidFacts
) -> tuple[str, ...]:
    """What was told in another talk and is used here, so that it can be corrected."""
    if inquiry.talk.entry == key_of(edition, entry):
        return ()
    before = kept(inquiry.talk.facts, edition, entry)
    used = [f for f in entry.facts if f.id in before and said.known.get(f.id) == before[f.id]]
    if not used:
        return ()
    words = "；".join(in_words(edition, f, before[f.id]) for f in used)
    return (f"依您先前說的：{words}。要改請直接說，例如「更正，…」，或說「重新檢查資格」。",)


def going_on(inquiry: Inquiry) -> Said | None:
    """The verdict anew where the message adds a fact to the eligibility that was asked last."""
    edition, entry = last_of(inquiry)
    if edition is None or entry is None or inquiry.question.asked.wants - _ABOUT_ONESELF:
        return None
    text = inquiry.question.text
    if _NONE_OF_THEM.search(text) and entry.remedy:
        talk = inquiry.moved(edition.plan, inquiry.talk.entry, inquiry.talk.facets)
        why = Why(because="remedy", plan=edition.plan, edition=edition.edition, entry=entry.id)
        return Said(Answer(parts=(_remedy_card(edition, entry),), why=why), talk)
    if not heard(inquiry, edition, entry, text).known:
        return None
    said = answer(inquiry, edition, entry, told(inquiry, edition, entry), in_turn=True)
    return _of_the_same_question(inquiry, said)


def replied(inquiry: Inquiry, reply: Reply | None, number: str) -> Said | None:
    """The verdict anew after a short reply to the bot's own question; None where it is none."""
    edition, entry = last_of(inquiry)
    fact_id = inquiry.talk.expects.removeprefix(FACT)
    if edition is None or entry is None or fact_id == inquiry.talk.expects:
        return None
    fact = next((f for f in entry.facts if f.id == fact_id), None)
    if fact is None:
        return None
    said = told(inquiry, edition, entry)
    if reply is Reply.UNSURE:
        facts = {**inquiry.talk.facts, f"{key_of(edition, entry)}:{fact_id}": UNSURE}
        inquiry = replace(inquiry, talk=replace(inquiry.talk, facts=facts))
        return _of_the_same_question(inquiry, answer(inquiry, edition, entry, said, True))
    folded = inquiry.reader.fold(inquiry.question.text[:_LONGEST_REPLY])
    if fact.unit and _NEGATIVE.match(folded):
        before = SaidFacts(kept(inquiry.talk.facts, edition, entry))
        return _asked_again(inquiry, answer(inquiry, edition, entry, before, True), fact.unit)
    value = _value(entry, fact, reply, number or folded)
    if value is None:
        return None
    said = replace(said, known={**said.known, fact_id: value})
    return _of_the_same_question(inquiry, answer(inquiry, edition, entry, said, True))


def _value(entry: Eligibility, fact: Fact, reply: Reply | None, said: str) -> Value | None:
    """What a short reply says of a fact; None where it does not say."""
    if not fact.unit:
        return reply is Reply.YES if reply else None
    if said.replace(".", "").isdecimal():
        return Decimal(said)
    low = below(entry, fact, said)
    return Decimal(0) if low is None and reply is Reply.NO else low


def _asked_again(inquiry: Inquiry, said: Said, unit: str) -> Said:
    """The same question once more, with why the number cannot be."""
    card = said.answer.cards[0]
    card = replace(card, lead=f"{unit}數不能小於0。請回答0或更大的數字。", state="")
    return _of_the_same_question(inquiry, replace(said, answer=replace(said.answer, parts=(card,))))


def _of_the_same_question(inquiry: Inquiry, said: Said) -> Said:
    """A reply is no question of its own: the talk stays about the last one."""
    if said.talk.entry != inquiry.talk.entry:
        return said
    return replace(said, talk=replace(said.talk, text=inquiry.talk.text))


def _remedy_card(edition: Edition, entry: Eligibility) -> Card:
    return Card(
        title=edition.about.short,
        lead=f"都不符合的話，還不能{entry.who}。可以這樣做：{entry.remedy}",
        facts=entry.points,
        sources=entry.source,
        document=edition.about.title,
        buttons=next_steps(edition, entry),
    )


def last_of(inquiry: Inquiry) -> tuple[Edition | None, Eligibility | None]:
    """The eligibility that the talk is about, with its edition; None where it is about none."""
    return eligibility_of(inquiry.reader, inquiry.talk.entry)
