"""A card to announce a date of a plan with: its days, its clause, buttons; staff may change it."""

from bot.answers.key_targets import ENTRY, LABELS, REMIND
from bot.model.broadcasts import LONGEST_LINE, CardPiece, Key
from bot.model.edition import Edition
from bot.model.entries import Entry, PlanDate

MOST_SPANS = 4  # days that a card lists; the plan has the others


def card_of(edition: Edition, entry: Entry) -> CardPiece:
    """What the plan says of the entry, as a card to begin with: whoever sends it reads it first."""
    spans = _spans(entry) if isinstance(entry, PlanDate) else []
    text = (entry.text or "")[:LONGEST_LINE]
    clauses = f"依據：{'；'.join(entry.source)}"[:LONGEST_LINE]
    return CardPiece(
        title=edition.about.short,
        lead=entry.title[:LONGEST_LINE],
        facts=tuple(filter(None, (text, *spans[1:MOST_SPANS], clauses))),
        state=spans[0] if spans else "",
        buttons=_keys(edition, entry),
    )


def _spans(entry: PlanDate) -> list[str]:
    unsettled = "（暫訂）" if entry.tentative else ""
    said = []
    for case in entry.when:
        title = f"{case.title}：" if case.title else ""
        said.append(f"{title}{case.at.words()}{unsettled}"[:LONGEST_LINE])
    return said


def _keys(edition: Edition, entry: Entry) -> tuple[Key, ...]:
    key = f"{edition.key}#{entry.id}"
    look = Key(label=LABELS[ENTRY], data=f"{ENTRY}={key}")
    if isinstance(entry, PlanDate):
        return (look, Key(label=LABELS[REMIND], data=f"{REMIND}={key}"))
    return (look,)
