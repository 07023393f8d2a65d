"""Questions back: which plan is meant, and what else people ask next."""

from bot.handlers.decide import Choice
from bot.handlers.inquiry import Inquiry
from bot.messages import Answer, Button, Card, Outcome, Tone
from bot.understand.likely import FEW
from bot.understand.score import Candidate

OFFERED = 11  # quick replies leave room for two more


def which_plan(inquiry: Inquiry, choice: Choice) -> Answer:
    """Asks which of the plans is meant, naming each."""
    editions = [inquiry.reader.edition_at(p, inquiry.now) for p in choice.plans]
    titles = {c.item.edition.plan: c.item.entry.title for c in reversed(choice.near)}
    lines = []
    for number, edition in enumerate(editions, 1):
        about = titles.get(edition.plan)
        lines.append(f"{number}. {edition.about.short}" + (f"：{about}" if about else ""))
    if len(inquiry.reader.plans) > FEW:
        lines.append("不是這幾個的話，請直接說出計畫名稱或縣市。")
    card = Card(
        title="請選一個計畫",
        lead="請問您想問的是哪一個計畫？",
        facts=tuple(lines),
        tone=Tone.ASK,
    )
    quick = tuple(Button(e.about.short, say=e.about.short) for e in editions[:OFFERED])
    return Answer(parts=(card,), quick=quick, outcome=Outcome.ASKED)


def related(inquiry: Inquiry, best: Candidate, near: tuple[Candidate, ...]) -> tuple[Button, ...]:
    """Quick replies to what came next in likeness: entries of the same edition."""
    entry, edition = best.item.entry, best.item.edition
    seen, buttons = {entry.id, *entry.see}, []
    for candidate in near:
        other = candidate.item
        if other.edition.key == edition.key and other.entry.id not in seen and not other.role:
            seen.add(other.entry.id)
            buttons.append(Button(other.entry.title, data=f"entry={other.key}"))
    return tuple(buttons[:3])
