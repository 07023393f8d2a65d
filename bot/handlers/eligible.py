"""May I apply? A verdict on what was said in one message, or what is still to be known."""

import re
from dataclasses import replace
from datetime import datetime

from bot.answers.cards import next_steps
from bot.answers.standing import is_over
from bot.handlers.inquiry import Inquiry, Said
from bot.messages import Answer, Card, Tone, Why
from bot.model.edition import Edition
from bot.model.entries import Eligibility
from bot.model.rule import Is
from bot.rules.verdict import Verdict, decide
from bot.understand.said_facts import SaidFacts, hear_facts

ASKED_AT_ONCE = 3
_ABOUT_ONESELF = frozenset({"may", "must", "eligible", "follows"})  # others ask something else
_GOES_ON = re.compile("那|這樣|所以")
_NONE_OF_THEM = re.compile(
    "都沒有|都不符|都不行|都沒|不符合.{0,4}怎麼辦|沒有資格.{0,4}怎麼辦|一項都沒"
)


def verdict_card(inquiry: Inquiry, edition: Edition, entry: Eligibility, text: str) -> Card:
    """The verdict on what `text` says, with the deciding conditions by clause."""
    said = hear_facts(entry.facts, inquiry.reader.fold(text), inquiry.reader.word)
    verdict = decide(entry.rule, said.known)
    lead, facts, tone = _words(entry, verdict, said, inquiry)
    if verdict.holds and _is_past(edition, inquiry.now):
        lead = f"這份計畫列出的日期都已過。依當時的規定：{lead}"
    sources = [s for c in (*verdict.decided_by, *verdict.open) for s in c.source]
    return Card(
        title=edition.about.short,
        lead=lead,
        facts=facts,
        sources=tuple(dict.fromkeys((*entry.source, *sources))),
        document=edition.about.title,
        tone=tone,
        buttons=next_steps(edition, entry),
    )


def _is_past(edition: Edition, now: datetime) -> bool:
    """Whether every date of the plan is over: a verdict must not sound like an open door."""
    spans = [s for entry in edition.dates for case in entry.when for s in case.at.spans]
    return bool(spans) and all(is_over(s, now) for s in spans)


def told(inquiry: Inquiry) -> str:
    """What was said that may bear on the rule: the question, and what it goes on from."""
    text, before = inquiry.question.text, inquiry.talk.text
    return f"{before}，{text}"[:300] if before and _GOES_ON.match(text) else text


def going_on(inquiry: Inquiry) -> Said | None:
    """The verdict anew where the message adds a fact to the eligibility that was asked last."""
    edition, entry = _last(inquiry)
    if edition is None or entry is None or inquiry.question.asked.wants - _ABOUT_ONESELF:
        return None
    text = inquiry.question.text
    if _NONE_OF_THEM.search(text) and entry.remedy:
        card = _remedy_card(edition, entry)
        whole = inquiry.talk.text
    elif hear_facts(entry.facts, inquiry.reader.fold(text), inquiry.reader.word).known:
        whole = f"{inquiry.talk.text}，{text}"[:300]
        card = verdict_card(inquiry, edition, entry, whole)
    else:
        return None
    talk = inquiry.moved(edition.plan, inquiry.talk.entry, inquiry.talk.facets)
    why = Why(plan=edition.plan, edition=edition.edition, entry=entry.id, score=1.0)
    return Said(Answer(parts=(card,), why=why), replace(talk, text=whole))


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


def _words(
    entry: Eligibility, verdict: Verdict, said: SaidFacts, inquiry: Inquiry
) -> tuple[str, tuple[str, ...], Tone]:
    remedy = (f"可以這樣做：{entry.remedy}",) if entry.remedy else ()
    if verdict.holds:
        reasons = _reasons(tuple(c for c in verdict.decided_by if decide(c, said.known).holds))
        return f"符合，可以{entry.who}。", (*reasons, entry.text, *entry.points), Tone.ANSWER
    if verdict.holds is False:
        return (
            f"依您說的情形，不符合{entry.title}，不能{entry.who}。",
            (*(f"不符：{c.text}（{'、'.join(c.source)}）" for c in verdict.decided_by), *remedy),
            Tone.ANSWER,
        )
    return _open_words(entry, verdict, said), _open_facts(entry, verdict, said, remedy), Tone.ASK


def _open_words(entry: Eligibility, verdict: Verdict, said: SaidFacts) -> str:
    if said.known or said.partly:
        return f"還不能確定是否可以{entry.who}，還需要知道下面的事。"
    return entry.text or f"{entry.title}如下："


def _open_facts(
    entry: Eligibility, verdict: Verdict, said: SaidFacts, remedy: tuple[str, ...]
) -> tuple[str, ...]:
    asks = {f.id: f.ask for f in entry.facts}
    first = sorted(verdict.open, key=lambda c: c.fact not in said.partly)
    questions = dict.fromkeys(asks[c.fact] for c in first if c.fact in asks)
    lines = tuple(f"{c.text}（{'、'.join(c.source)}）" for c in verdict.open)
    asked = tuple(f"請告訴我：{q}" for q in list(questions)[:ASKED_AT_ONCE])
    if said.known or said.partly:
        return (*asked, *lines, *remedy)
    return (*lines, *entry.points, *asked[:1], *remedy)


def _reasons(conditions: tuple[Is, ...]) -> tuple[str, ...]:
    return tuple(f"{c.text}（{'、'.join(c.source)}）" for c in conditions)
