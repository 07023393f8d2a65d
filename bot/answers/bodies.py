"""What each kind of entry says: its first line, further facts, state and clauses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.answers.amount_lines import amount_body_lines, given_words
from bot.answers.date_lines import date_lines, due_lines
from bot.answers.figures import stated
from bot.answers.role_lines import role_lines
from bot.answers.unconfirmed import last_lines, open_words
from bot.answers.wanted import Wanted
from bot.messages import Tone
from bot.model.edition import Edition
from bot.model.entries import (
    HELD,
    Amount,
    Conflict,
    Contact,
    Deliverable,
    Eligibility,
    Entry,
    Form,
    Link,
    PlanDate,
    Requirement,
    RoleMatrix,
    Setting,
    Track,
    Unsaid,
)
from bot.model.quantity import Quantity
from bot.model.unconfirmed import Unconfirmed
from bot.rules.quantities import fitting
from bot.rules.verdict import conditions


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The words of a card, before what disagrees and what comes next."""

    lead: str
    facts: tuple[str, ...] = ()
    state: str = ""
    sources: tuple[str, ...] = ()
    tone: Tone = Tone.ANSWER


def body_for(edition: Edition, entry: Entry, wanted: Wanted) -> Body:
    """The words of an entry, worked out for what is known and asked."""
    make = next((m for kind, m in _MAKERS if isinstance(entry, kind)), _statement)
    return make(edition, entry, wanted)


def _statement(edition: Edition, entry: Entry, wanted: Wanted) -> Body:
    return Body(lead=entry.text or entry.title, facts=entry.points, sources=entry.source)


def _date(edition: Edition, entry: PlanDate, wanted: Wanted) -> Body:
    lines = date_lines(edition, entry, wanted)
    facts = [*lines.facts]
    if entry.text:
        facts.append(entry.text)
    if entry.items:
        facts.append("內容：" + "、".join(entry.items))
    if entry.to:
        facts.append(f"交到：{entry.to}" if "deadline" in entry.kind else f"對象：{entry.to}")
    if entry.how:
        facts.append(f"方式：{entry.how}")
    if entry.place:
        facts.append(f"地點：{entry.place}")
    facts += entry.points
    if entry.missed:
        facts.append(f"{'未到' if entry.kind in HELD else '逾期'}：{entry.missed}")
    return Body(
        lead=lines.lead,
        facts=tuple(facts),
        state=lines.state,
        sources=entry.source,
        tone=Tone.PAST if lines.is_over else Tone.ANSWER,
    )


def _amount(edition: Edition, entry: Amount, wanted: Wanted) -> Body:
    lead, facts = amount_body_lines(edition, entry.title, entry.amount, wanted.known)
    return Body(lead=lead, facts=_with_text(entry, facts), sources=entry.source)


def _with_text(entry: Entry, facts: tuple[str, ...]) -> tuple[str, ...]:
    return (*facts, *((entry.text,) if entry.text else ()), *entry.points)


def _requirement(edition: Edition, entry: Requirement, wanted: Wanted) -> Body:
    lead, facts = entry.text or entry.title, tuple[str, ...]()
    if entry.amount:
        lead, facts = amount_body_lines(edition, entry.title, entry.amount, wanted.known)
        facts = (*facts, entry.text)
    facts = (*facts, *entry.options)
    if entry.evidence:
        facts = (*facts, f"佐證：{entry.evidence}")
    facts = (*facts, *due_lines(edition, entry.due, wanted.known, wanted.now))
    return Body(lead=lead, facts=(*facts, *entry.points), sources=entry.source)


def _deliverable(edition: Edition, entry: Deliverable, wanted: Wanted) -> Body:
    lead, facts = entry.text or entry.title, tuple[str, ...]()
    if entry.amount:
        lead, facts = amount_body_lines(edition, entry.title, entry.amount, wanted.known)
        facts = (*facts, entry.text)
    facts = (*facts, *entry.items)
    facts = (*facts, *due_lines(edition, entry.due, wanted.known, wanted.now))
    if entry.to:
        facts = (*facts, f"交到：{entry.to}")
    form = next((f for f in edition.forms if f.id == entry.form), None)
    if form:
        facts = (*facts, f"表件：{form.number} {form.title}".replace("： ", "："))
    return Body(lead=lead, facts=(*facts, *entry.points), sources=entry.source)


def _track(edition: Edition, entry: Track, wanted: Wanted) -> Body:
    facts = [entry.text] if entry.text else []
    for item in entry.items:
        if not item.given.fits(wanted.known):
            continue
        said = "；".join(_labelled(edition, q) for q in fitting(item.amount, wanted.known))
        facts.append(f"{item.title}：{said}" if said else f"{item.title}")
    if entry.earns:
        facts.append(f"完成後：{entry.earns}")
    need = f"以下{len(entry.items)}項任{entry.at_least}項" if entry.at_least else "以下各項都要完成"
    lead = f"{entry.title}：{need}"
    return Body(lead=lead, facts=(*facts, *entry.points), sources=entry.source)


def _labelled(edition: Edition, quantity: Quantity) -> str:
    facet = edition.facets.get(quantity.per)
    return given_words(edition, quantity.given) + stated(quantity, facet.unit if facet else "")


def _setting(edition: Edition, entry: Setting, wanted: Wanted) -> Body:
    lead = entry.text or entry.title
    facts: tuple[str, ...] = ()
    if entry.amount:
        lead, facts = amount_body_lines(edition, entry.title, entry.amount, wanted.known)
        facts = (*facts, entry.text)
    if entry.range:
        facts = (*facts, f"可設定：{entry.range}")
    if entry.blank:
        facts = (*facts, f"留空：{entry.blank}")
    return Body(lead=lead, facts=(*facts, *entry.points), sources=entry.source)


def _form(edition: Edition, entry: Form, wanted: Wanted) -> Body:
    name = f"{entry.number}是「{entry.title}」" if entry.number else entry.title
    facts = [entry.text] if entry.text else []
    if entry.fields:
        facts.append("要填：" + "、".join(entry.fields))
    if entry.signatures:
        facts.append("核章：" + "、".join(entry.signatures))
    if entry.copies:
        facts.append(f"份數：{entry.copies}")
    if entry.send:
        facts.append(f"交法：{entry.send}")
    if "sign" in wanted.wants and entry.signatures:
        name = f"{entry.number}「{entry.title}」要核章的是：{'、'.join(entry.signatures)}"
    return Body(lead=name, facts=(*facts, *entry.points), sources=entry.source)


def _contact(edition: Edition, entry: Contact, wanted: Wanted) -> Body:
    who = entry.unit + (f"（{entry.addressee}）" if entry.addressee else "")
    phone = entry.phone + (f" 分機{entry.extension}" if entry.extension else "")
    rows = (("電話", phone), ("信箱", entry.email), ("LINE", entry.line), ("地址", entry.address))
    facts = [f"{name}：{value}" for name, value in rows if value]
    return Body(
        lead=f"{entry.title}：請洽{who}",
        facts=(*facts, *((entry.text,) if entry.text else ()), *entry.points),
        sources=entry.source,
    )


def _link(edition: Edition, entry: Link, wanted: Wanted) -> Body:
    return Body(
        lead=f"{entry.title}：{entry.url}", facts=_with_text(entry, ()), sources=entry.source
    )


def _roles(edition: Edition, entry: RoleMatrix, wanted: Wanted) -> Body:
    lead, facts = role_lines(entry, wanted.role, wanted.permission)
    return Body(lead=lead, facts=facts, sources=entry.source)


def _eligibility(edition: Edition, entry: Eligibility, wanted: Wanted) -> Body:
    leaves = [f"{c.text}（{'、'.join(c.source)}）" for c in conditions(entry.rule)]
    remedy = (f"不符合時：{entry.remedy}",) if entry.remedy else ()
    return Body(
        lead=entry.text or f"{entry.title}如下",
        facts=(*leaves, *entry.points, *remedy),
        sources=entry.source,
    )


def _conflict(edition: Edition, entry: Conflict, wanted: Wanted) -> Body:
    facts = tuple(f"{v.text}（{'、'.join(v.source)}）" for v in entry.values)
    sources = (*entry.source, *(s for v in entry.values for s in v.source))
    return Body(
        lead=f"文件前後不一致：{entry.text}",
        facts=(*facts, *entry.points),
        sources=sources,
        tone=Tone.CONFLICT,
    )


def _unsaid(edition: Edition, entry: Unsaid, wanted: Wanted) -> Body:
    return Body(lead=entry.text, facts=entry.points, sources=entry.source, tone=Tone.UNKNOWN)


def _unconfirmed(edition: Edition, entry: Unconfirmed, wanted: Wanted) -> Body:
    lead, last = open_words(edition, entry), entry.last_edition
    if entry.last is None or last is None:
        return Body(lead=lead, tone=Tone.UNKNOWN)
    body = body_for(last, entry.last, wanted)
    return Body(
        lead=lead,
        facts=last_lines(edition, last, entry.last, (body.lead, *body.facts)),
        sources=body.sources,
        tone=Tone.UNKNOWN,
    )


_MAKERS: tuple[tuple[type[Entry], Callable[[Edition, Any, Wanted], Body]], ...] = (
    (PlanDate, _date),
    (Amount, _amount),
    (Requirement, _requirement),
    (Deliverable, _deliverable),
    (Track, _track),
    (Setting, _setting),
    (Form, _form),
    (Contact, _contact),
    (Link, _link),
    (RoleMatrix, _roles),
    (Eligibility, _eligibility),
    (Conflict, _conflict),
    (Unconfirmed, _unconfirmed),
    (Unsaid, _unsaid),
)
