"""What people who are alike share: what they follow, and its instants, are worked out once.

Alike are those who follow the same tracks with the same facets, and did and chose the same. Since
when each follows a date is their own; it matters only between which of its instants that lies.
"""

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot import ledger
from bot.answers.reminder_lines import moved
from bot.ledger import EditionOf
from bot.messages import Answer
from bot.model.deeds import Account
from bot.model.reminders import Choice, Moment, OwnDate, Preferences
from bot.reminders.decide import Followed, fact_of, moments, turns
from bot.reminders.followed import Person, followed_by
from bot.reminders.stretches import Stretches
from bot.rules.notices import Stretch, stretches_of
from bot.store.wishes import Wish

MOST_KEPT = 2_000  # of each sort: those of whom there is but one do not pile up
_ALWAYS = datetime(1, 1, 2, tzinfo=UTC)  # followed since before anything


@dataclass(frozen=True, slots=True)
class Told:
    """One instant of a date, and the key of the fact that it tells."""

    moment: Moment
    fact: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch that somebody follows, with what its rows say of it."""

    followed: Followed
    key: str
    days: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What binds one person to dates, apart from since when and what they chose of single ones."""

    accounts: Sequence[Account] = ()
    wished: Sequence[Wish] = ()
    own: Sequence[OwnDate] = ()
    owed: Sequence[str] = ()  # keys of what their schools still owe


class Sharing:
    """What was worked out by one version of the plans, kept for the next person who is alike."""

    def __init__(self, edition_of: EditionOf) -> None:
        self.edition_of = edition_of
        self.stretches = Stretches(edition_of)
        self._shown: dict[Hashable, list[Shown]] = {}
        self._turns: dict[Hashable, list[datetime]] = {}
        self._told: dict[Hashable, list[Told]] = {}
        self._moved: dict[tuple[str, str], Answer] = {}

    def shown(self, ties: Ties) -> list[Shown]:
        """Every stretch that somebody with these ties follows, as if since ever."""
        key = _likeness(ties)
        if key not in self._shown:
            _make_room(self._shown)
            everything = followed_by(self._person(ties), _ALWAYS)
            self._shown[key] = [Shown(f, f.stretch.key, f.stretch.span.words()) for f in everything]
        return self._shown[key]

    def told(
        self, shown: Shown, since: datetime, choice: Choice, wanted: Preferences
    ) -> list[Told]:
        """The instants at which somebody is told of it who follows it since then."""
        one = shown.followed
        likeness = (shown.key, one.why, one.leads, one.hour, choice, wanted)
        if likeness not in self._turns:
            _make_room(self._turns)
            mine = replace(one, choice=choice)
            self._turns[likeness] = sorted(turns(mine, wanted))
        place = (likeness, bisect_right(self._turns[likeness], since))
        if place not in self._told:
            _make_room(self._told)
            mine = replace(one, choice=choice, since=since)
            found = [Told(m, fact_of(one.stretch, m.lead)) for m in moments(mine, wanted)]
            self._told[place] = found
        return self._told[place]

    def moved(self, stretch: Stretch, before: str) -> Answer:
        """What is told of a date that moved, the same for all who knew it as it was."""
        key = (stretch.key, before)
        if key not in self._moved:
            _make_room(self._moved)
            self._moved[key] = moved(stretch, before)
        return self._moved[key]

    def _person(self, ties: Ties) -> Person:
        return Person(
            standings=ledger.standings_of(ties.accounts, self.edition_of),
            wished=[s for wish in ties.wished for s in wished_stretches(self.edition_of, wish)],
            own=[(e, one) for one in ties.own if (e := self.edition_of(one.edition_key))],
            owed=[s for key in ties.owed if (s := self.stretches.find(key))],
        )


def wished_stretches(edition_of: EditionOf, wish: Wish) -> list[Stretch]:
    """What of the plans a wish is about; nothing where they have it no more."""
    edition = edition_of(wish.edition_key)
    entry = next((d for d in edition.dates if d.id == wish.date), None) if edition else None
    if edition is None or entry is None:
        return []
    return [s for s in stretches_of(edition, entry) if s.case_key == wish.case_key]


def _likeness(ties: Ties) -> Hashable:
    return (
        tuple(map(_of_account, ties.accounts)),
        tuple(ties.wished),
        tuple(ties.own),
        tuple(ties.owed),
    )


def _of_account(account: Account) -> Hashable:
    joined = account.enrolment
    done = tuple(
        (d.requirement, d.part, d.on, d.count, d.term, d.marks, d.vouched) for d in account.deeds
    )
    facets = tuple(sorted(joined.facets.items()))
    return (joined.edition_key, joined.track, facets, done, account.picks)


def _make_room(kept: dict[Any, Any]) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()
