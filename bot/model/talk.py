"""What a chat is about: the little that a follow-up question needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.model.plain import plain_of

FORGET_AFTER = timedelta(hours=12)
FACET = "facet:"  # what the bot expects: the answer for a facet of the last entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The last question and what it was about; empty at the start of a chat."""

    at: datetime | None = None  # aware; when the last question came
    plan: str = ""
    edition: str = ""
    entry: str = ""  # the entry that answered last
    text: str = ""  # the last question, masked
    facets: Mapping[str, str] = field(default_factory=dict)  # what it said: group → B
    asks: tuple[str, ...] = ()  # what was wanted: when, count, …
    pending: str = ""  # the masked question that waits for a choice
    offered: tuple[str, ...] = ()  # what the choice offered: plan ids or entry keys, in order
    expects: str = ""  # what the bot asked last: fact:ID of the last entry, or facet:NAME
    facts: Mapping[str, str] = field(default_factory=dict)  # entry key:fact → true, false, 3, ?
    recent: Mapping[str, str] = field(default_factory=dict)  # plan → the last question about it
    noted: str = ""  # the event that reported last as done, until something else is talked of
    wants_people: bool = False  # somebody asked for a person: the next question may go to one

    def as_of(self, now: datetime) -> "Talk":
        """This talk, or an empty one where the last question is too old to be followed up."""
        if self.at is None or not timedelta(0) <= now - self.at <= FORGET_AFTER:
            return _NEW
        return self

    def to_plain(self) -> dict[str, Any]:
        """JSON-ready values; `from_plain` reads them back."""
        plain: dict[str, Any] = plain_of(self)
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Talk":
        """The talk that `to_plain` wrote; keys of an older program are left out."""
        known = {k: v for k, v in plain.items() if k in cls.__slots__}
        for key in ("asks", "offered"):
            known[key] = tuple(known.get(key, ()))
        at = known.get("at")
        known["at"] = datetime.fromisoformat(at) if at else None
        return cls(**known)


_NEW = Talk()
