"""What a new year's file has but nobody confirmed: nothing of it is answered as a rule."""

from dataclasses import dataclass

from bot.model.edition import Edition
from bot.model.entries import Entry, Unsaid


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed(Unsaid):
    """In the place of an entry that is still to be confirmed: found like it, saying none of it.

    `text` and `points` are the entry's own, by which a question finds it; they are never shown.
    `last` is the same entry of the latest edition before that has it confirmed.
    """

    last: Entry | None = None
    last_edition: Edition | None = None


def is_draft(edition: Edition) -> bool:
    """Whether something of the edition is still to be confirmed."""
    return any(isinstance(entry, Unconfirmed) for entry in edition.unsaid)
