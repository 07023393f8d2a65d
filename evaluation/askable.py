"""What is shared in making a case from an entry: how it is named, when it is asked, its clauses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import TAIPEI
from bot.model.edition import Edition
from bot.model.entries import Conflict, DateKind, Entry
from bot.model.facet import Given
from bot.rules.conflicts import conflict_about
from evaluation.cases import Conversation, Turn
from evaluation.patterns import fold

_IS_QUESTION = re.compile(r"(什麼|多少|幾\w|嗎|誰|哪\w|怎麼\w*|如何)$")


@dataclass(frozen=True, slots=True)
class Askable:
    """One entry of an edition, as a case asks for it: by the plan's short name and its title."""

    edition: Edition
    entry: Entry

    def question(self, tail: str, label: str = "") -> str:
        """短名＋情形＋標題＋tail; a title that is a question itself needs no tail."""
        title = self.entry.title
        own = self.label(self.entry.given)
        label += "" if own in title or own in label else own
        between = "" if label or title.startswith("「") else "的"
        tail = "" if _IS_QUESTION.search(title) else tail
        return f"{self.edition.about.short}{between}{label}{title}{tail}"

    def label(self, given: Given) -> str:
        """A condition as a person would say it: B組, 30班."""
        said = []
        for name, wanted in given.needs.items():
            facet = self.edition.facets.get(name)
            if facet and wanted[0] in facet.values:
                said.append(facet.values[wanted[0]].title)
            elif facet:
                said.append(f"{_within(wanted[0])}{facet.unit}")
        return "".join(said)

    @property
    def is_disputed(self) -> bool:
        """Whether the document disagrees with itself about it: then both sides are the answer."""
        return conflict_about(self.edition, self.entry.id, {}) is not None

    def clauses(self, known: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """The clauses that its card names: its own, and those of a conflict about it."""
        own = self.entry
        about_it = conflict_about(self.edition, own.id, known or {})
        conflict = own if isinstance(own, Conflict) else about_it
        others = [c for value in conflict.values for c in value.source] if conflict else []
        return tuple(dict.fromkeys((*own.source, *others)))

    def case(self, name: str, kind: str, turn: Turn, at: datetime | None = None) -> Conversation:
        """One question of one turn; `at` is within the plan's term unless given."""
        edition = self.edition
        return Conversation(
            id=f"{edition.key}#{self.entry.id}/{name}",
            kind=kind,
            at=(at or in_term(edition)).isoformat(timespec="minutes"),
            turns=(turn,),
            plan=edition.plan,
            place=f"{edition.key}#{self.entry.id}",
        )


def exactly(text: str) -> str:
    """A pattern that finds this text, whatever its width."""
    return re.escape(fold(text))


def in_term(edition: Edition) -> datetime:
    """A morning within the plan's term, or while its dates are still ahead."""
    terms = [c.at for d in edition.dates if d.kind is DateKind.PERIOD for c in d.when]
    ends = [c.at.closes for d in edition.dates for c in d.when]
    if terms:
        day = terms[0].opens or terms[0].closes - timedelta(days=180)
    else:
        day = min(ends, default=datetime(edition.about.year + 1911, 1, 1, tzinfo=TAIPEI))
    return day.replace(hour=9, minute=0, second=0)


def _within(bounds: str) -> str:
    """A number that a range holds: its first, or its last where it has no first."""
    low, _, high = bounds.partition("..")
    return low or high
