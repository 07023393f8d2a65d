"""Whom an audience takes in: decided over what is known of each person. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import groupby

from bot.model.audience import (
    AllOf,
    AnyOf,
    Around,
    AtLevel,
    AtSchools,
    Audience,
    Being,
    Everybody,
    Follows,
    Not,
    Owing,
    Position,
    Short,
    TakesPart,
    Within,
    parts_within,
)
from bot.model.goals import Subject
from bot.rules.progress import ItemStanding, TrackStanding


@dataclass(frozen=True, slots=True)
class Lack:
    """What is still to be done of one requirement."""

    left: Decimal
    parts: frozenset[str]  # ids of those that are not done


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackFacts:
    """A track that somebody follows, and what is left of it."""

    plan: str
    edition: str
    track: str
    is_teachers: bool = True
    lacks: Mapping[str, Lack] = field(default_factory=dict)  # requirement → what is left


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What somebody is at one school, and what that school has still to hand in."""

    position: Position
    code: str
    city: str
    district: str
    level: str
    takes_part: frozenset[tuple[str, str]] = frozenset()  # (plan, edition)
    # (plan, edition, deliverable or what is owed below it) → standings of at least one piece
    owes: Mapping[tuple[str, str, str], frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is known of one person, as far as audiences are chosen by it."""

    user_id: str
    is_staff: bool = False
    has_blocked: bool = False
    tracks: tuple[TrackFacts, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom an audience takes in, in the order of their ids, and who of it blocked the bot."""

    user_ids: tuple[str, ...]
    blocked: int


@dataclass(frozen=True, slots=True)
class Needs:
    """Which facts decide an audience."""

    tracks: bool
    progress: bool
    ties: bool
    standings: bool
    takes_part: bool = False
    plans: frozenset[str] = frozenset()  # that the last two are asked of


def needs_of(audience: Audience) -> Needs:
    """Which facts must be gathered for it."""
    parts = parts_within(audience)

    def has(*kinds: type[object]) -> bool:
        return any(isinstance(part, kinds) for part in parts)

    return Needs(
        tracks=has(Follows, Short, Being),
        progress=has(Short),
        ties=has(Being, Within, Around, AtLevel, AtSchools, TakesPart, Owing),
        standings=has(Owing),
        takes_part=has(TakesPart, Owing),
        plans=frozenset(part.plan for part in parts if isinstance(part, TakesPart | Owing)),
    )


def chosen(audience: Audience, people: Iterable[PersonFacts]) -> Reached:
    """Whom the audience takes in; whoever blocked the bot is counted, and left out."""
    found = [person for person in people if takes_in(audience, person)]
    reached = sorted(person.user_id for person in found if not person.has_blocked)
    return Reached(tuple(reached), len(found) - len(reached))


def takes_in(audience: Audience, person: PersonFacts) -> bool:
    """Whether the audience takes this person in: by one of their schools, or without any."""
    ties = person.ties or (None,)
    return any(_fits(audience, person, tie) for tie in ties)


def _fits(audience: Audience, person: PersonFacts, tie: Tie | None) -> bool:
    match audience:
        case Everybody():
            return True
        case AllOf(parts):
            return all(_fits(part, person, tie) for part in parts)
        case AnyOf(parts):
            return any(_fits(part, person, tie) for part in parts)
        case Not(part):
            return not takes_in(part, person)
        case Being(position):
            return _is(position, person, tie)
        case Follows():
            return any(_is_followed(audience, track) for track in person.tracks)
        case Short():
            return any(_is_short(audience, track) for track in person.tracks)
    return tie is not None and _fits_school(audience, tie)


def _fits_school(audience: Audience, tie: Tie) -> bool:
    match audience:
        case Within(cities):
            return tie.city in cities
        case Around(districts):
            return tie.district in districts
        case AtLevel(levels):
            return tie.level in levels
        case AtSchools(codes):
            return tie.code in codes
        case TakesPart():
            return any(
                plan == audience.plan and audience.edition in ("", edition)
                for plan, edition in tie.takes_part
            )
        case Owing():
            return any(
                plan == audience.plan
                and audience.edition in ("", edition)
                and deliverable == audience.deliverable
                and not standings.isdisjoint(audience.standings)
                for (plan, edition, deliverable), standings in tie.owes.items()
            )
    return False


def _is(position: Position, person: PersonFacts, tie: Tie | None) -> bool:
    """Whoever is nothing else is a teacher: nobody is asked before they are answered."""
    if position is Position.STAFF:
        return person.is_staff
    if tie is not None and tie.position is position:
        return True
    if position is Position.CONTACT:
        return False
    follows = any(track.is_teachers for track in person.tracks)
    return follows or (not person.is_staff and tie is None)


def _is_followed(wanted: Follows | Short, track: TrackFacts) -> bool:
    return (
        track.plan == wanted.plan
        and wanted.edition in ("", track.edition)
        and wanted.track in ("", track.track)
    )


def _is_short(wanted: Short, track: TrackFacts) -> bool:
    lack = track.lacks.get(wanted.requirement)
    if lack is None or not _is_followed(wanted, track):
        return False
    if wanted.part:
        return wanted.part in lack.parts
    return wanted.least <= lack.left and (wanted.most is None or lack.left <= wanted.most)


def track_facts(standing: TrackStanding) -> TrackFacts:
    """What is left of a track, as audiences are chosen by it."""
    enrolment = standing.account.enrolment
    return TrackFacts(
        plan=enrolment.plan,
        edition=enrolment.edition,
        track=enrolment.track,
        is_teachers=standing.track.subject is Subject.TEACHER,
        lacks={item.item.id: _lack(item) for item in standing.counted if not item.is_complete},
    )


def _lack(item: ItemStanding) -> Lack:
    """Of several goals of one term the largest gap counts; terms add up."""
    by_term = partial(sorted, key=lambda reach: reach.term.id if reach.term else "")
    terms = groupby(by_term(item.reaches), key=lambda reach: reach.term and reach.term.id)
    left = sum((max(max(r.left, Decimal(0)) for r in reaches) for _, reaches in terms), Decimal(0))
    parts = frozenset(part.id for part in item.item.parts) - item.done_parts
    return Lack(left, parts)
