"""Renewal and year's end: who of each school completed a track, who falls short, what will follow.

A teacher counts by the school's list: by what the office's lists say of them, and, where they are
linked to a person, by what that person reported too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from bot import ledger
from bot.collecting.standing import school_of
from bot.model.deeds import Account, Enrolment
from bot.model.edition import Edition
from bot.model.entries import Track
from bot.model.goals import Subject
from bot.model.participation import Participation
from bot.model.roster import Completion, Member
from bot.model.schools import School
from bot.rules.consequences import (
    Certified,
    Shortfall,
    Threat,
    counted_on,
    falling_short,
    heads,
    threats,
)
from bot.rules.imported import with_completions
from bot.rules.matrix import NOTHING
from bot.rules.progress import TrackStanding, stand
from bot.store import completions, participations, roster, schools, submissions


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackCount:
    """How many of a school's teachers have come how far on a track."""

    track: Track
    counted_on: date | None  # the day on which the office counts; None: it counts none, or unknown
    complete: int  # until now
    on_day: int | None  # until the day of the count; None: no such day
    begun: int  # have something, and not all


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYear:
    """How a school stands at the end of an edition's year."""

    school: School
    tracks: tuple[TrackCount, ...]
    shortfalls: tuple[Shortfall, ...]
    threats: tuple[Threat, ...]  # the earliest date first


def year_of(db: Connection, channel_id: str, edition: Edition, now: datetime) -> list[SchoolYear]:
    """Every school of the edition, what bites first in front; as many queries for 300 as for 3."""
    kept = participations.all(db, channel_id, edition.plan, edition.edition)
    taking = {one.participation.school_code: one.participation for one in kept}
    listed = {s.code: s for s in schools.all_schools(db, channel_id)}
    records = submissions.by_school(db, channel_id, edition.plan, edition.edition)
    short = falling_short(edition, taking.values())
    tracks = _tracks(edition)
    standings = _standings(db, channel_id, edition, taking) if tracks else {}
    found = [
        SchoolYear(
            school=school_of(code, listed),
            tracks=tuple(_count(edition, track, code, standings) for track in tracks),
            shortfalls=short.get(code, ()),
            threats=threats(edition, one, records.get(code, NOTHING), now),
        )
        for code, one in taking.items()
    ]
    return sorted(found, key=lambda one: _urgency(one, now))


def _urgency(one: SchoolYear, now: datetime) -> tuple[bool, bool, float, str, str]:
    ahead = [threat for threat in one.threats if not threat.bites]
    first = ahead[0].closes.timestamp() if ahead else float("inf")
    return not one.threats, not one.shortfalls, first, one.school.district, one.school.name


def _tracks(edition: Edition) -> list[Track]:
    """The tracks of teachers, where the office holds numbers of them against schools."""
    if edition.duties is None or not edition.duties.head_counts:
        return []
    return [track for track in edition.tracks if track.subject is Subject.TEACHER]


NEVER_JOINED = datetime.min.replace(tzinfo=UTC)  # their school's list knows of them, not we
Standings = Mapping[str, Sequence[tuple[Member, TrackStanding]]]  # by school


def _standings(
    db: Connection, channel_id: str, edition: Edition, taking: Mapping[str, Participation]
) -> Standings:
    members = roster.of_schools(db, channel_id, taking)
    listed: dict[str, list[Completion]] = {}
    for one in completions.of_edition(db, channel_id, edition.plan, edition.edition):
        listed.setdefault(one.member_id, []).append(one)
    users = sorted({member.user_id for member in members if member.user_id})
    accounts = ledger.accounts_of_people(db, channel_id, users)
    found: dict[str, list[tuple[Member, TrackStanding]]] = {}
    for member in members:
        own = [a for a in accounts.get(member.user_id or "", ()) if _is_of(a, edition)]
        for track in _tracks(edition):
            account = next((a for a in own if a.enrolment.track == track.id), None)
            done = [one for one in listed.get(member.id, ()) if one.track == track.id]
            if account is None:
                account = _by_lists(edition, track, member, done)
            if account.deeds:
                standing = stand(edition, track, account)
                found.setdefault(member.school_code, []).append((member, standing))
    return found


def _is_of(account: Account, edition: Edition) -> bool:
    return account.enrolment.edition_key == edition.key


def _by_lists(
    edition: Edition, track: Track, member: Member, done: Sequence[Completion]
) -> Account:
    """What lists alone say of a member, as if they followed the track."""
    enrolment = Enrolment(
        id=member.id,
        plan=edition.plan,
        edition=edition.edition,
        track=track.id,
        joined_at=NEVER_JOINED,
    )
    return Account(enrolment=enrolment, deeds=with_completions((), done))


def _count(edition: Edition, track: Track, code: str, standings: Standings) -> TrackCount:
    mine = [(m, s) for m, s in standings.get(code, ()) if s.track.id == track.id]
    certified = [
        Certified(school_code=code, member_id=member.id, track=track.id, on=_last(standing))
        for member, standing in mine
        if standing.is_complete
    ]
    duties = edition.duties.head_counts if edition.duties else ()
    counted = next((one for one in duties if one.track == track.id), None)
    day = counted_on(edition, counted) if counted else None
    return TrackCount(
        track=track,
        counted_on=day,
        complete=len({one.member_id for one in certified}),
        on_day=heads(edition, counted, [code], certified)[code] if counted and day else None,
        begun=sum(not standing.is_complete for _, standing in mine),
    )


def _last(standing: TrackStanding) -> date:
    """The day on which the last thing that counts was done."""
    return max(deed.on for item in standing.items for deed in item.deeds)
