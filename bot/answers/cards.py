"""The card that answers with an entry: its words, state, clauses, what disagrees, next steps."""

from dataclasses import replace
from datetime import datetime

from bot.answers import bodies
from bot.answers.bodies import Body
from bot.answers.conflict import conflict_lines
from bot.answers.standing import is_past
from bot.answers.supplement import supplement_card
from bot.answers.wanted import Wanted
from bot.messages import Button, Card, Tone
from bot.model.edition import Edition
from bot.model.entries import (
    Amount,
    Conflict,
    Deliverable,
    Entry,
    PlanDate,
    Requirement,
    Supplement,
    Track,
)
from bot.model.unconfirmed import Unconfirmed
from bot.rules.conflicts import conflict_about, is_at_stake

# What is to be done, handed in or paid: of a plan that is over it is history.
_ENDS_WITH_THE_PLAN = (Amount, Requirement, Track, Deliverable)


def card_for(edition: Edition, entry: Entry, wanted: Wanted) -> Card:
    """The card that answers with this entry."""
    if isinstance(entry, Supplement):
        return supplement_card(edition, entry)
    body = bodies.body_for(edition, entry, wanted)
    conflict = None
    if not isinstance(entry, Conflict):
        conflict = conflict_about(edition, entry.id, wanted.known)
    direct = bool(wanted.wants & {"may", "must"}) and not isinstance(entry, PlanDate)
    if conflict and is_at_stake(entry) and not direct:
        body = _with_conflict(body, edition, conflict, wanted.now)
    elif conflict:
        body = replace(body, facts=(*body.facts, f"注意：{conflict.text}"))
    if isinstance(entry, _ENDS_WITH_THE_PLAN) and not body.state and is_past(edition, wanted.now):
        body = replace(body, state="這份計畫列出的日期都已過")
    return Card(
        title=edition.about.short,
        lead=body.lead,
        facts=tuple(dict.fromkeys(f for f in body.facts if f and f != body.lead)),
        state=body.state,
        sources=tuple(dict.fromkeys((*body.sources, *(s for v in _values(conflict) for s in v)))),
        document=_document(edition, entry),
        tone=body.tone,
        buttons=next_steps(edition, entry),
    )


def next_steps(edition: Edition, entry: Entry) -> tuple[Button, ...]:
    """Buttons to what a reader wants next: a page to open, then related entries."""
    buttons = []
    if isinstance(entry, Unconfirmed) and entry.last and entry.last_edition:
        last = entry.last_edition
        buttons.append(
            Button(f"看{last.about.year}年的規定", data=f"entry={last.key}#{entry.last.id}")
        )
    url = getattr(entry, "url", "")
    if url:
        buttons.append(Button("開啟網頁", url=url))
    for other in entry.see[:3]:
        if other in edition.by_id:
            title = edition.by_id[other].title
            buttons.append(Button(title, data=f"entry={edition.key}#{other}"))
    if isinstance(entry, Track) and entry.subject:
        buttons.append(Button("加入我的進度", data=f"join={edition.key}#{entry.id}"))
    return tuple(buttons)


def _document(edition: Edition, entry: Entry) -> str:
    """The document that the clauses of the card stand in; last year's where only that is told."""
    if not isinstance(entry, Unconfirmed):
        return edition.about.title
    return entry.last_edition.about.title if entry.last_edition else ""


def _values(conflict: Conflict | None) -> tuple[tuple[str, ...], ...]:
    return tuple(v.source for v in conflict.values) if conflict else ()


def _with_conflict(body: Body, edition: Edition, conflict: Conflict, now: datetime) -> Body:
    lines = conflict_lines(edition, conflict, now)
    return replace(
        body,
        lead=f"文件前後不一致：{conflict.text}",
        facts=(*lines, *body.facts),
        state="" if lines else body.state,
        tone=Tone.CONFLICT,
    )
