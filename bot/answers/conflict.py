"""Where a document disagrees with itself: every value with its clause, and how it stands now."""

from datetime import datetime

from bot.answers.standing import standing
from bot.model.edition import Edition
from bot.model.entries import Conflict, PlanDate
from bot.rules.dates import cases_of


def conflict_lines(edition: Edition, conflict: Conflict, now: datetime) -> tuple[str, ...]:
    """One line a value: what is stated, where, and, for a date, where it stands at `now`."""
    said = [f"{v.text}（{'、'.join(v.source)}）" for v in conflict.values]
    dates = [d for d in edition.dates if d.id in conflict.between]
    return (*said, *(_date_line(d, edition, now) for d in dates))


def _date_line(entry: PlanDate, edition: Edition, now: datetime) -> str:
    parts = []
    for case in cases_of(entry, edition):
        for span in case.at.spans:
            state = standing(span, entry.kind, now)
            parts.append(f"{span.words()}：{state}" if state else span.words())
    return "；".join(parts)
