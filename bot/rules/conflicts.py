"""Where a document disagrees with itself about an entry."""

from collections.abc import Mapping

from bot.model.edition import Edition
from bot.model.entries import Amount, Conflict, Deliverable, Entry, PlanDate, Requirement


def conflict_about(edition: Edition, entry_id: str, known: Mapping[str, str]) -> Conflict | None:
    """The first conflict about the entry in the case that is known; None where there is none."""
    return next(
        (c for c in edition.conflicts if entry_id in c.between and c.given.fits(known)), None
    )


def is_at_stake(entry: Entry) -> bool:
    """Whether a conflict about the entry is about what it answers: a day or a figure.

    About other entries (an office's name, a form's title) it is a remark, not the answer.
    """
    return isinstance(entry, PlanDate | Amount | Requirement | Deliverable)
