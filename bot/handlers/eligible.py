"""May I apply? A verdict on what was said so far, or what is still to be known."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from bot.answers.cards import next_steps
from bot.answers.standing import is_past
from bot.answers.verdict_lines import asked_facts, verdict_lines
from bot.handlers.inquiry import Inquiry, Said
from bot.messages import Answer, Button, Card, Why
from bot.model.edition import Edition
from bot.model.entries import Eligibility
from bot.rules.verdict import conditions, decide
from bot.understand.said_facts import SaidFacts, hear_facts
from bot.understand.short_replies import Reply

FACT = "fact:"  # what the bot expects: the answer for a fact of the last entry
UNSURE = "?"
_ABOUT_ONESELF = frozenset({"may", "must", "eligible", "follows"})  # others ask something else
_GOES_ON = re.compile("那|這樣|所以")
_NONE_OF_THEM = re.compile(
    "都沒有|都不符|都不行|都沒|不符合.{0,4}怎麼辦|沒有資格.{0,4}怎麼辦|一項都沒"
)
_BOOLS = {"true": True, "false": False}


def answer(inquiry: Inquiry, edition: Edition, entry: Eligibility, said: SaidFacts) -> Said:
    """The verdict on what was said, with what is asked next; the facts stay in the talk."""
    key = f"{edition.key}#{entry.id}"
    card, expects = _judge(inquiry, edition, entry, said)
    talk = inquiry.moved(edition.plan, key)
    facts = {**talk.facts, **{f"{key}:{f}": _plain(v) for f, v in said.known.items()}}
    why = Why(
        because="verdict", plan=edition.plan, edition=edition.edition, entry=entry.id, score=1.0
    )
    return Said(
        Answer(parts=(card,), quick=_replies(entry, expects), why=why),
        replace(talk, facts=facts, expects=expects and FACT + expects),
    )


def verdict_card(inquiry: Inquiry, edition: Edition, entry: Eligibility) -> Card:
    """The verdict on what was said, with the deciding conditions by clause."""
    return _judge(inquiry, edition, entry, told(inquiry, edition, entry))[0]


def _judge(
    inquiry: Inquiry, edition: Edition, entry: Eligibility, said: SaidFacts
) -> tuple[Card, str]:
    """The card, and the id of the fact that is asked for first; empty where none is."""
    verdict = decide(entry.rule, said.known)
    lead, facts, tone = verdict_lines(entry, verdict, said)
    if verdict.holds and is_past(edition, inquiry.now):
        lead = f"這份計畫列出的日期都已過。依當時的規定：{lead}"
    sources = [s for c in (*verdict.decided_by, *verdict.open) for s in c.source]
    card = Card(
        title=edition.about.short,
        lead=lead,
        facts=facts,
        sources=tuple(dict.fromkeys((*entry.source, *sources))),
        document=edition.about.title,
        tone=tone,
        buttons=next_steps(edition, entry),
    )
    unsure = _unsure(inquiry.talk.facts, f"{edition.key}#{entry.id}")
    asked = [f for f in asked_facts(verdict, said) if f not in unsure]
    return card, next(iter(asked), "")


def told(inquiry: Inquiry, edition: Edition, entry: Eligibility) -> SaidFacts:
    """What was said that bears on the rule: in this message, and before it in this talk.

    What is said now goes before what was said earlier.
    """
    text, before = inquiry.question.text, inquiry.talk.text
    heard = _heard(inquiry, entry, text)
    known = _kept(inquiry.talk.facts, f"{edition.key}#{entry.id}", entry)
    if before and _GOES_ON.match(text):
        known = {**known, **_heard(inquiry, entry, before).known}
    return SaidFacts({**known, **heard.known}, heard.partly)


def going_on(inquiry: Inquiry) -> Said | None:
    """The verdict anew where the message adds a fact to the eligibility that was asked last."""
    edition, entry = _last(inquiry)
    if edition is None or entry is None or inquiry.question.asked.wants - _ABOUT_ONESELF:
        return None
    text = inquiry.question.text
    if _NONE_OF_THEM.search(text) and entry.remedy:
        talk = inquiry.moved(edition.plan, inquiry.talk.entry, inquiry.talk.facets)
        why = Why(because="remedy", plan=edition.plan, edition=edition.edition, entry=entry.id)
        return Said(Answer(parts=(_remedy_card(edition, entry),), why=why), talk)
    if not _heard(inquiry, entry, text).known:
        return None
    said = answer(inquiry, edition, entry, told(inquiry, edition, entry))
    return replace(said, talk=replace(said.talk, text=inquiry.talk.text))


def replied(inquiry: Inquiry, reply: Reply | None, number: str) -> Said | None:
    """The verdict anew after a short reply to the bot's own question; None where it is none."""
    edition, entry = _last(inquiry)
    fact_id = inquiry.talk.expects.removeprefix(FACT)
    if edition is None or entry is None or fact_id == inquiry.talk.expects:
        return None
    fact = next((f for f in entry.facts if f.id == fact_id), None)
    if fact is None or not ((number and fact.unit) or reply) or (fact.unit and reply is Reply.YES):
        return None
    said = told(inquiry, edition, entry)
    key = f"{inquiry.talk.entry}:{fact_id}"
    if reply is Reply.UNSURE:
        talk = replace(inquiry.talk, facts={**inquiry.talk.facts, key: UNSURE})
        inquiry = replace(inquiry, talk=talk)
    else:
        value = Decimal(number or 0) if fact.unit else reply is Reply.YES
        said = replace(said, known={**said.known, fact_id: value})
    done = answer(inquiry, edition, entry, said)
    return replace(done, talk=replace(done.talk, text=inquiry.talk.text))


def _heard(inquiry: Inquiry, entry: Eligibility, text: str) -> SaidFacts:
    return hear_facts(entry.facts, inquiry.reader.fold(text), inquiry.reader.word)


def _kept(facts: Mapping[str, str], key: str, entry: Eligibility) -> dict[str, bool | Decimal]:
    found = {f.id: facts.get(f"{key}:{f.id}", UNSURE) for f in entry.facts}
    return {f: _BOOLS[v] if v in _BOOLS else Decimal(v) for f, v in found.items() if v != UNSURE}


def _unsure(facts: Mapping[str, str], key: str) -> set[str]:
    head = f"{key}:"
    return {k.removeprefix(head) for k, v in facts.items() if v == UNSURE and k.startswith(head)}


def _plain(value: bool | Decimal) -> str:
    return str(value).lower()


def _replies(entry: Eligibility, expects: str) -> tuple[Button, ...]:
    """Quick replies to the fact that is asked for; of a number so many as are needed, or none."""
    fact = next((f for f in entry.facts if f.id == expects), None)
    if fact is None or "還是" in fact.ask:
        return ()
    words = ["是", "不是"]
    if fact.unit:
        bounds = [c.least for c in conditions(entry.rule) if c.fact == fact.id and c.least]
        words = [*(f"{least}{fact.unit}以上" for least in bounds[:1]), "沒有"]
    return tuple(Button(word, say=word) for word in (*words, "不確定"))


def _remedy_card(edition: Edition, entry: Eligibility) -> Card:
    return Card(
        title=edition.about.short,
        lead=f"都不符合的話，還不能{entry.who}。可以這樣做：{entry.remedy}",
        facts=entry.points,
        sources=entry.source,
        document=edition.about.title,
        buttons=next_steps(edition, entry),
    )


def _last(inquiry: Inquiry) -> tuple[Edition | None, Eligibility | None]:
    key, _, entry_id = inquiry.talk.entry.partition("#")
    edition = inquiry.reader.edition(key)
    if edition is None:
        return None, None
    return edition, next((e for e in edition.eligibility if e.id == entry_id), None)
