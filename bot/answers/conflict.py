"""Where a document disagrees with itself: every value with its clause, and how it stands now."""

from datetime import datetime

from bot.answers.standing import standing
from bot.model.edition import Edition
from bot.model.entries import Conflict, PlanDate
from bot.rules.dates import cases_of


def conflict_lines(edition: Edition, conflict: Conflict, now: datetime) -> tuple[str, ...]:
    """One line a value: what is stated, where, and, for a date, how it stands at `now`."""
    dates = [d for d in edition.dates if d.id in conflict.between]
    lines = []
    for value in conflict.values:
        its = next((d for d in dates if set(d.source) & set(value.source)), None)
        said = f"{value.text}（{'、'.join(value.source)}）"
        lines.append("｜".join(filter(None, (said, _standings(its, edition, now) if its else ""))))
    return tuple(lines)


def _standings(entry: PlanDate, edition: Edition, now: datetime) -> str:
    spans = [s for case in cases_of(entry, edition) for s in case.at.spans]
    return "；".join(filter(None, (standing(s, entry.kind, now) for s in spans)))
