"""Whom an audience reaches: facts of all people, gathered with a query a table, then decided."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.errors import AskAgain
from bot.ledger import EditionOf, standings_of
from bot.model.audience import (
    Around,
    AtLevel,
    AtSchools,
    Audience,
    Being,
    Follows,
    Owing,
    Position,
    Short,
    TakesPart,
    Within,
    parts_within,
)
from bot.model.deeds import Account
from bot.model.roster import Completion
from bot.rules.audience import Needs, PersonFacts, Reached, Tie, TrackFacts, chosen, needs_of
from bot.rules.audience import track_facts as facts_of_standing
from bot.rules.imported import with_completions
from bot.store import audience_facts, audience_ties, completions

# Gives every person's ties to schools, by user id; what those have handed in where it is needed.
TiesOf = Callable[[Connection, str, Needs, datetime], Mapping[str, tuple[Tie, ...]]]
NO_SCHOOLS = "這裡還沒有學校名單，不能用學校、縣市、學制、繳交狀態或學校承辦人當對象。"
_OF_SCHOOLS = (Within, Around, AtLevel, AtSchools, TakesPart, Owing)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where facts about people come from beside the store's own: plans, and schools."""

    edition_of: EditionOf
    ties_of: TiesOf | None = None  # None: nothing is known of schools


def choose(
    db: Connection, channel_id: str, audience: Audience, sources: Sources, today: datetime
) -> Reached:
    """Whom the audience takes in on this day.

    Raises:
        AskAgain: it asks for what is not known here.
    """
    return chosen(audience, gather(db, channel_id, audience, sources, today))


def gather(
    db: Connection, channel_id: str, audience: Audience, sources: Sources, today: datetime
) -> list[PersonFacts]:
    """What decides this audience, of everybody in the channel."""
    needs = needs_of(audience)
    knows_schools = sources.ties_of is not None and audience_ties.has_schools(db, channel_id)
    if not knows_schools and _asks_for_schools(audience):
        raise AskAgain(NO_SCHOOLS)
    tracks = _tracks(db, channel_id, audience, sources) if needs.tracks else {}
    ties = sources.ties_of(db, channel_id, needs, today) if sources.ties_of and needs.ties else {}
    return [
        PersonFacts(
            user_id=known.user_id,
            is_staff=known.is_staff,
            has_blocked=known.has_blocked,
            tracks=tracks.get(known.user_id, ()),
            ties=ties.get(known.user_id, ()),
        )
        for known in audience_facts.all_known(db, channel_id)
    ]


def _asks_for_schools(audience: Audience) -> bool:
    return any(
        isinstance(part, _OF_SCHOOLS) or part == Being(Position.CONTACT)
        for part in parts_within(audience)
    )


def _tracks(
    db: Connection, channel_id: str, audience: Audience, sources: Sources
) -> dict[str, tuple[TrackFacts, ...]]:
    parts = parts_within(audience)
    named = sorted({part.plan for part in parts if isinstance(part, Follows | Short)})
    # Whether somebody is a teacher shows by any track.
    plans = [] if any(isinstance(part, Being) for part in parts) else named
    progress = needs_of(audience).progress
    found = audience_facts.accounts(db, channel_id, plans, with_deeds=progress)
    if progress:
        found = _with_lists(found, completions.of_everybody(db, channel_id, plans))
    return {user_id: _facts(theirs, sources) for user_id, theirs in found.items()}


def _with_lists(
    found: Mapping[str, list[Account]], listed: Mapping[str, Sequence[Completion]]
) -> dict[str, list[Account]]:
    """What the office's lists say of those who are on a school's roster counts as well."""
    return {
        user_id: [
            replace(a, deeds=with_completions(a.deeds, listed.get(a.enrolment.id, ())))
            for a in theirs
        ]
        for user_id, theirs in found.items()
    }


def _facts(accounts: list[Account], sources: Sources) -> tuple[TrackFacts, ...]:
    """What no loaded edition has is followed all the same; nothing is known to be left of it."""
    standing = {
        s.account.enrolment.id: facts_of_standing(s)
        for s in standings_of(accounts, sources.edition_of)
    }
    return tuple(
        standing[e.id]
        if e.id in standing
        else TrackFacts(plan=e.plan, edition=e.edition, track=e.track)
        for e in (account.enrolment for account in accounts)
    )
