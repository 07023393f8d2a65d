"""How one school stands in all that it takes part in, and which of its teachers are not done.

Reads only, with as many queries however much there is. Chat, pages and reminders ask here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot import ledger
from bot.ledger import EditionOf
from bot.model.deeds import Account, Enrolment
from bot.model.edition import Edition
from bot.model.entries import Track
from bot.model.goals import Subject
from bot.model.participation import Participation
from bot.model.roster import Completion, Member, name_key
from bot.model.submission import Record
from bot.rules.imported import with_completions
from bot.rules.progress import TrackStanding, stand
from bot.rules.school_standing import SlotStanding
from bot.rules.school_standing import stand as stand_slots
from bot.store import completions, participations, roster, submissions

NOTHING = Record()


@dataclass(frozen=True, slots=True)
class Stands:
    """One edition that a school takes part in, with every slot as it stands."""

    id: str  # of the participation
    taking: Participation
    edition: Edition
    slots: tuple[SlotStanding, ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A teacher of a school's list who has not completed a track of an edition."""

    member: Member
    standing: TrackStanding


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the members of one school."""

    members: Sequence[Member]
    listed: Mapping[str, Sequence[Completion]]  # by member
    accounts: Mapping[str, Sequence[Account]]  # by person


def stands_of(
    db: Connection, channel_id: str, school_code: str, edition_of: EditionOf, now: datetime
) -> list[Stands]:
    """How a school stands in each edition that it takes part in; three queries.

    What no loaded edition has is left out.
    """
    taken = participations.of_school(db, channel_id, school_code)
    if not taken:
        return []
    records = submissions.of_school(db, channel_id, school_code)
    found = []
    for kept in taken:
        key = kept.participation.whose.edition_key
        edition = edition_of(key)
        if edition is not None:
            slots = stand_slots(edition, kept.participation, records.get(key, NOTHING), now)
            found.append(Stands(kept.id, kept.participation, edition, slots))
    return found


def unfinished(
    db: Connection, channel_id: str, school_code: str, stands: Sequence[Stands], now: datetime
) -> list[Unfinished]:
    """Who of the school's own list has not completed what teachers do in these editions.

    Where a school nominated teachers, only those; else all on its list. What the office's lists
    say counts for everybody, what people reported themselves for those who are linked.
    """
    with_tracks = [
        (one, track, number) for one in stands for number, track in enumerate(_tracks(one.edition))
    ]
    if not with_tracks:
        return []
    known = _known(db, channel_id, school_code)
    found = []
    for one, track, number in with_tracks:
        for member in _concerned(one.taking, known.members):
            account = _account(known, member, (one, track), now)
            standing = stand(one.edition, track, account)
            # Everybody does the first track; a later one (renewal) whoever began it.
            is_theirs = number == 0 or account.deeds or account.enrolment.id
            if is_theirs and not standing.is_complete:
                found.append(Unfinished(member, standing))
    return found


def _known(db: Connection, channel_id: str, school_code: str) -> _Known:
    members = roster.of_schools(db, channel_id, [school_code])
    listed: dict[str, list[Completion]] = {}
    for completion in completions.of_school(db, channel_id, school_code):
        listed.setdefault(completion.member_id, []).append(completion)
    users = sorted({member.user_id for member in members if member.user_id})
    accounts = ledger.accounts_of_people(db, channel_id, users) if users else {}
    return _Known(members, listed, accounts)


def _tracks(edition: Edition) -> list[Track]:
    return [track for track in edition.tracks if track.subject is Subject.TEACHER]


def _concerned(taking: Participation, members: Sequence[Member]) -> Iterable[Member]:
    nominated = {name_key(unit.label) for unit in taking.units_of(Subject.TEACHER)}
    if not nominated:
        return members
    return [m for m in members if name_key(m.name) in nominated]


def _account(known: _Known, member: Member, of: tuple[Stands, Track], now: datetime) -> Account:
    """What counts for a member: their own account where they follow the track, else the lists."""
    one, track = of
    for account in known.accounts.get(member.user_id or "", ()):
        joined = account.enrolment
        if joined.edition_key == one.edition.key and joined.track == track.id:
            return account
    listed = [
        c
        for c in known.listed.get(member.id, ())
        if (c.plan, c.edition, c.track) == (one.edition.plan, one.edition.edition, track.id)
    ]
    nobody = Enrolment(
        id="", plan=one.edition.plan, edition=one.edition.edition, track=track.id, joined_at=now
    )
    return Account(enrolment=nobody, deeds=with_completions((), listed))
